package org.headgate.system.api;

import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * When something must be over, by the monotonic clock.
 *
 * @param clock the clock
 * @param wholeNanos how long it may take in all
 * @param endNanos when it is over, as {@link Clock#monotonicNanos} counts
 */
public record Deadline(Clock clock, long wholeNanos, long endNanos) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** After some time from now. */
    public static Deadline in(Duration time, Clock clock) {
        return new Deadline(clock, time.toNanos(), clock.monotonicNanos() + time.toNanos());
    }

    /** Before whoever has called gives up, from now: so it is the one that was called who says what was not answered. */
    public static Deadline within(Duration timeout, Clock clock) {
        return in(shareOf(timeout), clock);
    }

    /** What one call may take of the time-out of whoever has called: four fifths. */
    public static Duration shareOf(Duration timeout) {
        return timeout.dividedBy(5).multipliedBy(4);
    }

    /** What is left, in nanoseconds; 0 when it is over. */
    public long leftNanos() {
        return Math.max(0, endNanos - clock.monotonicNanos());
    }

    /** What is left; zero when it is over. */
    public Duration left() {
        return Duration.ofNanos(leftNanos());
    }

    /**
     * What is left, as a socket takes it in milliseconds: from 1, for 0 would be for ever.
     *
     * @throws SocketTimeoutException when less than that is left
     */
    public int millis() throws SocketTimeoutException {
        long left = leftNanos() / NANOS_PER_MILLI;
        if (left < 1) {
            throw late();
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    /** That nothing came in time. */
    public SocketTimeoutException late() {
        return new SocketTimeoutException("no answer within " + this);
    }

    /** For messages: the whole time, {@code 800 ms}. */
    @Override
    public String toString() {
        return Duration.ofNanos(wholeNanos).toMillis() + " ms";
    }
}
