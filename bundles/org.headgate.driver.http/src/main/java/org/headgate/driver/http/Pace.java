package org.headgate.driver.http;

import org.headgate.system.api.Clock;

/** So many in a second, and as many at once (a token bucket). Thread-safe. */
final class Pace {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Clock clock;
    private final long perOne;
    private final long most;
    private long left;
    private long last;

    Pace(int perSecond, Clock clock) {
        this.clock = clock;
        this.perOne = NANOS_PER_SECOND / perSecond;
        this.most = perOne * perSecond;
        this.left = most;
        this.last = clock.monotonicNanos();
    }

    /** Whether one more may pass now. */
    synchronized boolean allows() {
        long now = clock.monotonicNanos();
        left = Math.min(most, left + Math.min(most, now - last));
        last = now;
        if (left < perOne) {
            return false;
        }
        left -= perOne;
        return true;
    }
}
