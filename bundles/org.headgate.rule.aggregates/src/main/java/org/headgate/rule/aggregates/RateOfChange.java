package org.headgate.rule.aggregates;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;
import org.headgate.rule.functions.Tracker;

/**
 * By how much a value changes a second, over the rows' own times, since the row before that had it. Null for a row without the value, and
 * where time stands still or goes back; a row that does not count keeps the rate.
 */
final class RateOfChange implements Tracker, Result.OfDouble {
    private static final double SECOND = 1e9;

    private final Expression argument;
    private boolean any;
    private long lastNanos;
    private double last;
    private boolean isNull = true;
    private double rate;

    RateOfChange(Expression argument) {
        this.argument = argument;
    }

    @Override
    public void step(Frame frame) {
        double value = argument.evalDouble(frame);
        isNull = true;
        if (frame.isNull()) {
            return;
        }
        long nanos = Values.timeNanos(frame);
        if (any && nanos > lastNanos) {
            rate = (value - last) / ((nanos - lastNanos) / SECOND);
            isNull = !Double.isFinite(rate);
            if (isNull) {
                frame.fail("a rate beyond 64 bits");
            }
        }
        any = true;
        lastNanos = nanos;
        last = value;
    }

    @Override
    public void skip(Frame frame) {
        // The rate stays.
    }

    @Override
    public double asDouble(Frame frame) {
        frame.setNull(isNull);
        return rate;
    }

    @Override
    public void save(ByteOutput out) {
        Values.flag(out, any);
        out.putZigzag(lastNanos);
        out.putDouble(last);
        Values.flag(out, isNull);
        out.putDouble(rate);
    }

    @Override
    public void load(ByteInput in) {
        any = Values.flag(in);
        lastNanos = in.getZigzag();
        last = in.getDouble();
        isNull = Values.flag(in);
        rate = in.getDouble();
    }
}
