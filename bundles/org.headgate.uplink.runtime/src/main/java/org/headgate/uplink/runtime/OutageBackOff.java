package org.headgate.uplink.runtime;

import java.time.Duration;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Randomness;

/**
 * When to try again, with full jitter (any time from 50 ms to a limit, so that a thousand gateways do not come back at the
 * same instant). The limit is an eighth of the outage so far, between 500 ms and 30 s: after a short outage the link is back
 * within 2 s, after a long one within an eighth of its length.
 */
final class OutageBackOff {
    private static final long SHORTEST = Duration.ofMillis(500).toNanos();
    private static final long LONGEST = Duration.ofSeconds(30).toNanos();
    private static final long LEAST = Duration.ofMillis(50).toNanos();

    /** A link that has waited in vain for its suspect has worked until then. */
    private static final long HOLDS = Suspicion.QUIET.toNanos();

    private final Clock clock;
    private final Randomness randomness;
    private long since;
    private boolean down;
    private long connected = Long.MAX_VALUE;

    OutageBackOff(Clock clock, Randomness randomness) {
        this.clock = clock;
        this.randomness = randomness;
    }

    /** A connection was made; when it holds for some time, that counts as working, too. */
    void connected() {
        connected = clock.monotonicNanos();
    }

    /** The link does its work: the outage is over. A mere connection does not count, it may be thrown out at once. */
    void works() {
        down = false;
    }

    /** How long to wait after a failure. */
    Duration next() {
        long now = clock.monotonicNanos();
        if (!down || connected <= now - HOLDS) {
            down = true;
            since = now;
        }
        connected = Long.MAX_VALUE;
        long limit = Math.min(LONGEST, Math.max(SHORTEST, (now - since) / 8));
        return Duration.ofNanos(LEAST + (long) ((limit - LEAST) * randomness.nextDouble()));
    }
}
