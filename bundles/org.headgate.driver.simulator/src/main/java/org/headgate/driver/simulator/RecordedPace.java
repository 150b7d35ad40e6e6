package org.headgate.driver.simulator;

/**
 * When the rows of a recording are due, in nanoseconds since the device was first opened. A row that is earlier than its predecessor is
 * due with it. A pass takes from the first row to the last and as long again as between the last two that differ.
 */
final class RecordedPace {
    private static final long ALONE_NANOS = 1_000_000_000L;

    private boolean begun;
    private long firstTime;
    private long base;
    private long due;
    private long step = ALONE_NANOS;
    private long pass;

    /** The time of the row that comes next. */
    void next(long timeNanos) {
        if (!begun) {
            begun = true;
            firstTime = timeNanos;
        }
        long wanted = timeNanos - firstTime;
        if (wanted > due) {
            step = wanted - due;
            due = wanted;
        }
    }

    /** Whether there was any row. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether the row that comes next is due. */
    boolean isDue(long nanos) {
        return nanos >= base + due;
    }

    /** That was the last row. */
    void end() {
        pass = due + step;
    }

    /** Whether a whole pass is over; never before the first {@link #end}. */
    boolean isOver(long nanos) {
        return pass > 0 && nanos >= base + pass;
    }

    /** Begins the pass in which a time lies, leaving out whole ones. */
    void again(long nanos) {
        base += (nanos - base) / pass * pass;
        due = 0;
    }
}
