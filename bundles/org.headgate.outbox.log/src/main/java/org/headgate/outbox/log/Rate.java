package org.headgate.outbox.log;

/**
 * How many bytes a second come, averaged exponentially over three minutes; from the beginning, as it does not take the time before
 * the first look for silence. Guarded by the flow's monitor.
 */
final class Rate {
    private static final double SPAN = 180e9;
    /** Less than this is nothing: a byte in an hour. */
    private static final double LEAST = 1.0 / 3600;

    private final long start;
    private long last;
    private double sum;

    Rate(long nowNanos) {
        start = nowNanos;
        last = nowNanos;
    }

    void add(long bytes, long nowNanos) {
        fade(nowNanos);
        sum += bytes;
    }

    double perSecond(long nowNanos) {
        fade(nowNanos);
        double seen = -Math.expm1((start - nowNanos) / SPAN);
        double rate = seen > 0 ? sum / seen / (SPAN / 1e9) : 0;
        return rate < LEAST ? 0 : rate;
    }

    private void fade(long nowNanos) {
        sum *= Math.exp((last - nowNanos) / SPAN);
        last = nowNanos;
    }
}
