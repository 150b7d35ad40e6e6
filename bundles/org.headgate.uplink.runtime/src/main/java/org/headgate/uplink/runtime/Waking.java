package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.Optional;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;

/** One timer for whoever wants to look again after a while: of two times the sooner one counts. On the loop only. */
final class Waking {
    private final Clock clock;
    private final Loop loop;
    private final Runnable wake;
    private Optional<Loop.Timer> timer = Optional.empty();
    private long dueNanos;

    Waking(Clock clock, Loop loop, Runnable wake) {
        this.clock = clock;
        this.loop = loop;
        this.wake = wake;
    }

    void in(Duration delay) {
        long due = clock.monotonicNanos() + delay.toNanos();
        if (timer.isPresent() && dueNanos - due <= 0) {
            return;
        }
        timer.ifPresent(Loop.Timer::cancel);
        dueNanos = due;
        timer = Optional.of(loop.schedule(delay, () -> {
            timer = Optional.empty();
            wake.run();
        }));
    }
}
