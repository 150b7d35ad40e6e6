package org.headgate.driver.gpio;

import org.headgate.system.api.Clock;

/**
 * Turns the kernel's times of edges, which are monotonic, into times of the day. How far apart the two clocks are changes only when the
 * clock is set, but looking takes two reads, and whoever looks may lose the processor between them: what is known already is kept
 * while it may be true, else changed by no more than it must. So edges stay in their order. Guarded by its line's monitor.
 */
final class EpochOfEdges {
    /** Clocks of some kernels and JVMs count in microseconds. */
    private static final long RESOLUTION = 1_000;
    /** Reads that were not interrupted are much nearer to each other. */
    private static final long NEAR = 100_000;

    private static final int ATTEMPTS = 10;

    private final Clock clock;
    private long offset;

    EpochOfEdges(Clock clock) {
        this.clock = clock;
        long width = Long.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS && width > NEAR; i++) {
            long before = clock.monotonicNanos();
            long epoch = clock.epochNanos();
            long after = clock.monotonicNanos();
            if (after - before < width) {
                width = after - before;
                offset = epoch - before - width / 2;
            }
        }
    }

    /** The time of the day, in nanoseconds since 1970, of a monotonic time of just now. */
    long at(long monotonic) {
        long before = clock.monotonicNanos();
        long epoch = clock.epochNanos();
        long after = clock.monotonicNanos();
        long least = epoch - after;
        long most = epoch - before;
        if (offset < least - RESOLUTION || offset > most + RESOLUTION) {
            offset = Math.min(Math.max(offset, least), most);
        }
        return offset + monotonic;
    }
}
