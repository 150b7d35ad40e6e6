package org.headgate.driver.opcua;

import java.time.Duration;
import org.headgate.system.api.Clock;

/** Until when one call may go on: a fifth before its owner gives up, so that it is the driver who says what was wrong. */
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

    /** For messages: {@code 800 ms}. */
    @Override
    public String toString() {
        return Duration.ofNanos(whole).toMillis() + " ms";
    }
}
