package org.headgate.uplink.runtime;

import java.time.Duration;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;

/** Notices a server that answers nothing, or forgets one answer. On the uplink's loop only. */
final class Silence {
    private static final Duration LOOK = Suspicion.PATIENCE.dividedBy(4);

    private final Clock clock;
    private final Loop loop;
    private final InFlight inFlight;
    private final Runnable tooLong;
    private long session;

    /**
     * Watches nothing yet.
     *
     * @param tooLong runs when a message has waited for longer than patience lasts; the watch is over then
     */
    Silence(Clock clock, Loop loop, InFlight inFlight, Runnable tooLong) {
        this.clock = clock;
        this.loop = loop;
        this.inFlight = inFlight;
        this.tooLong = tooLong;
    }

    /** A link is there. */
    void begin() {
        look(++session);
    }

    /** The link is gone. */
    void end() {
        session++;
    }

    private void look(long mine) {
        loop.schedule(LOOK, () -> {
            if (mine != session) {
                return;
            }
            long now = clock.monotonicNanos();
            if (now - inFlight.sinceNanos().orElse(now) > Suspicion.PATIENCE.toNanos()) {
                tooLong.run();
            } else {
                look(mine);
            }
        });
    }
}
