package org.headgate.driver.modbus;

import java.time.Duration;
import org.headgate.system.api.Clock;

/** When something must be over. */
record Deadline(Clock clock, long whole, long end) {
    static Deadline in(Duration time, Clock clock) {
        return new Deadline(clock, time.toNanos(), clock.monotonicNanos() + time.toNanos());
    }

    /** What is left, in nanoseconds; 0 when it is over. */
    long leftNanos() {
        return Math.max(0, end - clock.monotonicNanos());
    }

    Duration left() {
        return Duration.ofNanos(leftNanos());
    }

    /** For messages: the whole time, {@code 800 ms}. */
    @Override
    public String toString() {
        return Duration.ofNanos(whole).toMillis() + " ms";
    }
}
