package org.headgate.uplink.api;

/** In which unit a payload tells times: {@code time.unit = ms|us|ns}. */
public enum TimeUnitName {
    /** Milliseconds since the epoch: what most consumers expect. */
    MS(1_000_000),
    /** Microseconds since the epoch. */
    US(1_000),
    /** Nanoseconds since the epoch; does not fit a JavaScript number. */
    NS(1);

    private final long nanos;

    TimeUnitName(long nanos) {
        this.nanos = nanos;
    }

    /** A time in nanoseconds since the epoch, in this unit, rounded down. */
    public long of(long epochNanos) {
        return Math.floorDiv(epochNanos, nanos);
    }
}
