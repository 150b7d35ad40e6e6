package org.headgate.outbox.log;

import java.util.concurrent.TimeUnit;
import org.headgate.system.api.Clock;

/**
 * The seconds that a log has lived through, over all restarts: by the monotonic clock, so that no jump of the wall clock makes rows
 * older than they are. Time in which the gateway was off does not count.
 */
final class Lifetime {
    private final Clock clock;
    private final long before;
    private final long opened;

    /**
     * Goes on counting.
     *
     * @param before the seconds lived through when the log was opened
     */
    Lifetime(Clock clock, long before) {
        this.clock = clock;
        this.before = before;
        opened = clock.monotonicNanos();
    }

    long seconds() {
        return before + TimeUnit.NANOSECONDS.toSeconds(clock.monotonicNanos() - opened);
    }

    /** The same in full hours, still in seconds. */
    long hours() {
        return TimeUnit.HOURS.toSeconds(TimeUnit.SECONDS.toHours(seconds()));
    }

    /** The nanoseconds since the log was opened. */
    long openNanos() {
        return clock.monotonicNanos() - opened;
    }
}
