package org.headgate.rule.aggregates;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;
import org.headgate.rule.functions.Tracker;

/**
 * The exponentially weighted moving average {@code s = alpha * x + (1 - alpha) * s}, which begins with the first value. A null leaves it as
 * it is; it does not look at the time between rows.
 */
final class MovingAverage implements Tracker, Result.OfDouble {
    private final Expression argument;
    private final Expression weight;
    private boolean any;
    private double average;

    MovingAverage(Expression argument, Expression weight) {
        this.argument = argument;
        this.weight = weight;
    }

    @Override
    public void step(Frame frame) {
        double value = argument.evalDouble(frame);
        if (frame.isNull()) {
            return;
        }
        double alpha = weight.evalDouble(frame);
        if (frame.isNull() || !(alpha > 0 && alpha <= 1)) {
            frame.fail("ewma: expected an alpha above 0 and not above 1, found " + (frame.isNull() ? "null" : alpha));
            return;
        }
        average = any ? alpha * value + (1 - alpha) * average : value;
        any = true;
    }

    @Override
    public void skip(Frame frame) {
        // The average stays.
    }

    @Override
    public double asDouble(Frame frame) {
        frame.setNull(!any);
        return average;
    }

    @Override
    public void save(ByteOutput out) {
        Values.flag(out, any);
        out.putDouble(average);
    }

    @Override
    public void load(ByteInput in) {
        any = Values.flag(in);
        average = in.getDouble();
    }
}
