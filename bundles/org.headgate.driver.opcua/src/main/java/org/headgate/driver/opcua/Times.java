package org.headgate.driver.opcua;

import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;

/** Times of OPC UA, in 100 ns since 1601 (OPC 10000-6, 5.2.2.5), as nanoseconds since 1970. */
final class Times {
    /** Stands for no time at all. */
    static final long NONE = Long.MIN_VALUE;

    private static final long EPOCH = 116_444_736_000_000_000L;
    private static final long NANOS = 100;
    /** The picoseconds of OPC UA are counted in tens. */
    private static final int PICOS = 100;

    private Times() {}

    /** When a value was measured: the source's time, else the server's. */
    static long of(DataValue value) {
        long source = ofSource(value);
        return source == NONE ? nanos(value.serverTime(), value.serverPicoseconds()) : source;
    }

    /** When a value was measured, where its source says so. */
    static long ofSource(DataValue value) {
        return nanos(value.sourceTime(), value.sourcePicoseconds());
    }

    /** A time that a server says without a value. */
    static long of(DateTime time) {
        return nanos(time, null);
    }

    /** A time cut to an interval, so that what was sampled together has one; 0 leaves it as it is. */
    static long cut(long time, long alignNanos) {
        return alignNanos == 0 || time == NONE ? time : Math.floorDiv(time, alignNanos) * alignNanos;
    }

    private static long nanos(DateTime time, UShort picos) {
        if (time == null || time.utcTime() <= 0) {
            return NONE;
        }
        long ticks = time.utcTime() - EPOCH;
        if (ticks > Long.MAX_VALUE / NANOS - 1 || ticks < Long.MIN_VALUE / NANOS + 1) {
            return NONE;
        }
        return ticks * NANOS + (picos == null ? 0 : Math.min(NANOS - 1, picos.intValue() / PICOS));
    }
}
