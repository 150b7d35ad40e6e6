package org.headgate.driver.http;

import java.net.SocketTimeoutException;
import java.time.Duration;
import org.headgate.system.api.Clock;

/** Until when a call must have come to its end; it ends before the runtime takes the driver for hung, so that the user reads what was not answered. */
final class Deadline {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Clock clock;
    private final long whole;
    private final long end;

    private Deadline(Clock clock, long whole) {
        this.clock = clock;
        this.whole = whole;
        this.end = clock.monotonicNanos() + whole;
    }

    static Deadline within(Duration timeout, Clock clock) {
        return new Deadline(clock, timeout.toNanos() / 10 * 9);
    }

    /** What is left, as a socket takes it: never 0, which would be for ever. */
    int millis() throws SocketTimeoutException {
        long left = (end - clock.monotonicNanos()) / NANOS_PER_MILLI;
        if (left < 1) {
            throw late();
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    SocketTimeoutException late() {
        return new SocketTimeoutException(
                "no answer within " + Duration.ofNanos(whole).toMillis() + " ms");
    }
}
