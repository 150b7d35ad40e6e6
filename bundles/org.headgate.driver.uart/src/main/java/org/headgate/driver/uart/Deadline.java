package org.headgate.driver.uart;

import java.time.Duration;
import org.headgate.system.api.Clock;

/**
 * What one read or write may take in all: its turn, what is sent, and every answer. The runtime gives up a call at the device's time-out, and then takes the
 * driver for hung; so this ends before, and the user reads what was not answered.
 */
final class Deadline {
    private final Clock clock;
    private final long whole;
    private final long end;

    private Deadline(Clock clock, long whole) {
        this.clock = clock;
        this.whole = whole;
        this.end = clock.monotonicNanos() + whole;
    }

    static Deadline within(Duration timeout, Clock clock) {
        return new Deadline(clock, timeout.toNanos() / 5 * 4);
    }

    long leftNanos() {
        return Math.max(0, end - clock.monotonicNanos());
    }

    Duration left() {
        return Duration.ofNanos(leftNanos());
    }

    /** For messages: {@code 800ms}. */
    @Override
    public String toString() {
        return Duration.ofNanos(whole).toMillis() + "ms";
    }
}
