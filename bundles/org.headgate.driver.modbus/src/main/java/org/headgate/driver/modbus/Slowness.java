package org.headgate.driver.modbus;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long one unit takes to answer: the longest of late, which fades. What was not answered in time is known for each request apart, for a unit may be slow with one
 * block and quick with twenty others. Known for as long as the driver runs: a unit that comes back would be given up again, and for the same reason. Thread-safe.
 */
final class Slowness {
    private static final int FADING = 8;

    private long anyNanos;
    private final Map<ByteBuffer, Long> unanswered = new HashMap<>();

    /** How long this request may take to be answered, as far as is known. */
    synchronized Duration of(byte[] request) {
        return Duration.ofNanos(Math.max(anyNanos, unanswered.getOrDefault(ByteBuffer.wrap(request), 0L)));
    }

    /**
     * The unit has answered, at once, to what was asked once.
     *
     * @param quick what takes no longer than this need not be known
     */
    synchronized void answered(byte[] request, long tookNanos, Duration quick) {
        anyNanos = faded(anyNanos, tookNanos);
        unanswered.computeIfPresent(ByteBuffer.wrap(request), (same, slow) -> {
            long now = faded(slow, tookNanos);
            return now <= quick.toNanos() ? null : now;
        });
    }

    /** A request was not answered, however often it was sent: the next answer to it is waited for as long as this. */
    synchronized void unanswered(byte[] request, Duration most) {
        unanswered.put(ByteBuffer.wrap(request.clone()), most.toNanos());
    }

    private static long faded(long nanos, long tookNanos) {
        return Math.max(tookNanos, nanos - nanos / FADING);
    }
}
