package org.headgate.rule.engine;

/** The wall clock beside the monotonic one: it tells a jump of the clock from the passing of time. */
final class Timeline {
    /** The clocks may drift apart by this between two looks: a time server slews what is less, and steps what is more. */
    static final long STEP_NANOS = 500_000_000L;

    private long offsetNanos;
    private boolean seen;

    /** Looks at both clocks at one instant; by how much the wall clock was stepped since the last look, 0 where it was not. */
    long look(long nowNanos, long monotonicNanos) {
        long by = nowNanos - monotonicNanos - offsetNanos;
        offsetNanos += by;
        boolean stepped = seen && Math.abs(by) > STEP_NANOS;
        seen = true;
        return stepped ? by : 0;
    }

    /** An instant of the wall clock on the monotonic one. */
    long monotonic(long epochNanos) {
        return epochNanos - offsetNanos;
    }
}
