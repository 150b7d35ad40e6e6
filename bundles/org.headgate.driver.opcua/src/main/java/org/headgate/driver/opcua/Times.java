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
        long source = nanos(value.sourceTime(), value.sourcePicoseconds());
        return source == NONE ? nanos(value.serverTime(), value.serverPicoseconds()) : source;
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
