package org.headgate.bench.outbox;

/**
 * What keeping rows has cost.
 *
 * @param rows rows that were durable in the end
 * @param drained rows that were given out and acknowledged meanwhile
 * @param nanos how long it took, to the last of them
 * @param cpuNanos CPU time of the whole process, the making of the rows included
 * @param bytes bytes that were written to files; 0 where nobody counts them
 * @param syncs syncs of files and folders
 */
public record Measured(long rows, long drained, long nanos, long cpuNanos, long bytes, long syncs) {
    private static final double SECOND = 1e9;

    /** Durable rows a second. */
    public double rate() {
        return rows * SECOND / nanos;
    }

    /** Acknowledged rows a second. */
    public double drainRate() {
        return drained * SECOND / nanos;
    }

    /** Syncs a second. */
    public double syncRate() {
        return syncs * SECOND / nanos;
    }

    /** CPU time of a row. */
    public double cpuOfARow() {
        return (double) cpuNanos / rows;
    }

    /** Bytes written for each byte of the rows. */
    public double amplification() {
        return (double) bytes / rows / OutboxUnderTest.ROW_BYTES;
    }
}
