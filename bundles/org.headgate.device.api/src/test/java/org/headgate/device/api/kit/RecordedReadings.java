package org.headgate.device.api.kit;

import java.util.Map;
import java.util.TreeMap;
import org.headgate.device.api.Readings;

/** Keeps what a driver has read, as it was given. */
public final class RecordedReadings implements Readings {
    /** The values by the channel's index. */
    public final Map<Integer, Object> values = new TreeMap<>();
    /** Why channels are BAD, by the channel's index. */
    public final Map<Integer, String> bad = new TreeMap<>();
    /** Why channels are UNCERTAIN, by the channel's index. */
    public final Map<Integer, String> uncertain = new TreeMap<>();
    /** The values' own times, by the channel's index. */
    public final Map<Integer, Long> times = new TreeMap<>();
    /** The source's time; 0 when it gave none. */
    public long time;

    @Override
    public void set(int index, long value) {
        values.put(index, value);
    }

    @Override
    public void set(int index, double value) {
        values.put(index, value);
    }

    @Override
    public void set(int index, boolean value) {
        values.put(index, value);
    }

    @Override
    public void set(int index, Object value) {
        values.put(index, value);
    }

    @Override
    public void uncertain(int index, String why) {
        uncertain.put(index, why);
    }

    @Override
    public void bad(int index, String why) {
        bad.put(index, why);
    }

    @Override
    public void time(long epochNanos) {
        time = epochNanos;
    }

    @Override
    public void time(int index, long epochNanos) {
        times.put(index, epochNanos);
    }

    /** The value of a channel as a number. */
    public double number(int index) {
        Object value = values.get(index);
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
