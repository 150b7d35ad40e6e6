package org.headgate.rule.trial;

import java.util.Arrays;
import org.headgate.rule.api.Forecast;

/**
 * How far off a number is that is told from the rows that were put out: by a straight line between two of them, and by the row before. Values wait for the
 * next row that is put out, {@value #MOST} at most; if there are more, nothing is said of the line. One thread.
 */
final class ReductionError {
    static final int MOST = 100_000;

    private final String column;
    private final String unit;
    private long[] times = new long[64];
    private double[] values = new double[64];
    private int count;
    private boolean any;
    private boolean tooMany;
    private long lastNanos;
    private double last;
    private double worstHeld;
    private double worstLinear;

    ReductionError(String column, String unit) {
        this.column = column;
        this.unit = unit;
    }

    /** A value came in. */
    void in(long timeNanos, double value) {
        if (count == MOST) {
            tooMany = true;
            settle(Long.MAX_VALUE, last, false);
        }
        if (count == times.length) {
            times = Arrays.copyOf(times, count * 2);
            values = Arrays.copyOf(values, count * 2);
        }
        times[count] = timeNanos;
        values[count++] = value;
    }

    /** A value was put out; rows that came in later may wait already. */
    void out(long timeNanos, double value) {
        settle(timeNanos, value, true);
        any = true;
        lastNanos = timeNanos;
        last = value;
    }

    /** No value comes any more: behind the last one that was put out it is all that is known. */
    Forecast.Error end() {
        settle(Long.MAX_VALUE, last, false);
        boolean linear = !tooMany && worstLinear < worstHeld;
        return new Forecast.Error(column, unit, linear ? worstLinear : worstHeld, linear);
    }

    /** Looks at the values up to a time, at which this one was put out. */
    private void settle(long untilNanos, double value, boolean isOut) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (times[i] > untilNanos) {
                times[kept] = times[i];
                values[kept++] = values[i];
            } else if (isOut && times[i] == untilNanos) {
                off(Math.abs(values[i] - value), Math.abs(values[i] - value));
            } else if (any) {
                double held = Math.abs(values[i] - last);
                double share =
                        isOut && times[i] > lastNanos ? (double) (times[i] - lastNanos) / (untilNanos - lastNanos) : 0;
                off(held, Math.abs(values[i] - (last + (value - last) * share)));
            }
        }
        count = kept;
    }

    private void off(double held, double linear) {
        worstHeld = Math.max(worstHeld, held);
        worstLinear = Math.max(worstLinear, linear);
    }
}
