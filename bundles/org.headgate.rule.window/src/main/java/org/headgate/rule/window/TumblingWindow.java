package org.headgate.rule.window;

/**
 * Windows of equal size that neither overlap nor leave gaps, aligned to the epoch as LF Edge eKuiper aligns them to
 * natural time: windows of 10 s begin at :00, :10, :20.
 *
 * @param sizeNanos the size, at least one millisecond
 */
public record TumblingWindow(long sizeNanos) {
    public TumblingWindow {
        if (sizeNanos < 1_000_000) {
            throw new IllegalArgumentException("a window of " + sizeNanos + " ns");
        }
    }

    /** The first instant of the window that an instant lies in; both in nanoseconds since the epoch. */
    public long start(long epochNanos) {
        return Math.floorDiv(epochNanos, sizeNanos) * sizeNanos;
    }
}
