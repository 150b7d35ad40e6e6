package org.headgate.diagnostics;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * What is known of the last time.
 *
 * @param samples in the order in which they were taken, the last one just now
 * @param damaged records that could not be read
 * @param lost samples that could not be kept since the start
 * @param problem why they cannot be kept now; empty when they can
 */
record History(Samples samples, long damaged, long lost, String problem) {
    /**
     * Leaves out what is older. A sample from before the clock was set has no time to judge by: its place in the order counts, of which
     * whoever reads has taken a sample a minute.
     */
    static Predicate<Sample> since(Duration time, long nowMillis) {
        long from = nowMillis - time.toMillis();
        return sample -> !sample.clockSet() || sample.epochMillis() >= from;
    }

    /** Bytes that were written between two samples; 0 where that cannot be known. */
    static long writtenBetween(Sample before, Sample after) {
        boolean comparable = before.boot() == after.boot() && before.written() >= 0 && after.written() >= 0;
        return comparable ? Math.max(0, after.written() - before.written()) : 0;
    }
}
