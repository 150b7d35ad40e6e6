package org.headgate.rule.aggregates;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;

/**
 * The integral of a value over the rows' own times, in its unit times seconds, or that divided by the time: trapezoids, that is, the value
 * runs straight from one row to the next that has it. Where time stands still or goes back nothing is added, and it goes on from there.
 * The time before the group's first row and after its last is not looked at.
 */
final class TimeWeighted implements Accumulator, Result.OfDouble {
    private static final double SECOND = 1e9;

    private final Expression argument;
    private final boolean averages;
    private boolean any;
    private long firstNanos;
    private double first;
    private long lastNanos;
    private double last;
    private double integral;
    private double seconds;

    TimeWeighted(Expression argument, boolean averages) {
        this.argument = argument;
        this.averages = averages;
    }

    @Override
    public void add(Frame frame) {
        double value = argument.evalDouble(frame);
        if (!frame.isNull()) {
            add(Values.timeNanos(frame), value);
        }
    }

    private void add(long nanos, double value) {
        if (!any) {
            any = true;
            firstNanos = nanos;
            first = value;
        } else if (nanos > lastNanos) {
            double more = (nanos - lastNanos) / SECOND;
            seconds += more;
            integral += (last / 2 + value / 2) * more;
        }
        lastNanos = nanos;
        last = value;
    }

    @Override
    public double asDouble(Frame frame) {
        frame.setNull(!any);
        if (!Double.isFinite(integral)) {
            frame.fail("an integral beyond 64 bits");
        }
        if (!averages) {
            return integral;
        }
        return seconds > 0 ? integral / seconds : last;
    }

    @Override
    public void merge(Accumulator newer) {
        TimeWeighted other = (TimeWeighted) newer;
        if (other.any) {
            add(other.firstNanos, other.first);
            integral += other.integral;
            seconds += other.seconds;
            lastNanos = other.lastNanos;
            last = other.last;
        }
    }

    @Override
    public void save(ByteOutput out) {
        Values.flag(out, any);
        out.putZigzag(firstNanos);
        out.putDouble(first);
        out.putZigzag(lastNanos);
        out.putDouble(last);
        out.putDouble(integral);
        out.putDouble(seconds);
    }

    @Override
    public void load(ByteInput in) {
        any = Values.flag(in);
        firstNanos = in.getZigzag();
        first = in.getDouble();
        lastNanos = in.getZigzag();
        last = in.getDouble();
        integral = in.getDouble();
        seconds = in.getDouble();
    }
}
