package org.headgate.rule.aggregates;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;

/**
 * About the value of rank {@code n * p} rounded up, as percentile_disc has it exactly: never further from it than 1 % of it, for any number
 * of rows and in any order. Magnitudes below 1e-12 count as 0, one above 1e19 is a failure and left out.
 */
final class ApproximatePercentile implements Accumulator, Result.OfDouble {
    private final Expression argument;
    private final Expression portion;
    private final RelativeSketch positive = new RelativeSketch();
    private final RelativeSketch negative = new RelativeSketch();
    private long zeros;
    private double p = Double.NaN;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;

    ApproximatePercentile(Expression argument, Expression portion) {
        this.argument = argument;
        this.portion = portion;
    }

    @Override
    public void add(Frame frame) {
        if (Double.isNaN(p)) {
            double first = portion.evalDouble(frame);
            p = frame.isNull() ? Double.NaN : first;
        }
        double value = argument.evalDouble(frame);
        if (frame.isNull()) {
            return;
        }
        double magnitude = Math.abs(value);
        if (!(magnitude <= RelativeSketch.GREATEST)) {
            frame.fail("percentile_approx: expected a value of 1e19 at most, found " + value);
            return;
        }
        if (magnitude < RelativeSketch.SMALLEST) {
            zeros++;
        } else {
            (value > 0 ? positive : negative).add(magnitude);
        }
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
    }

    @Override
    public double asDouble(Frame frame) {
        long count = negative.total() + zeros + positive.total();
        frame.setNull(count == 0);
        if (count == 0) {
            return 0;
        }
        if (!(p >= 0 && p <= 1)) {
            frame.fail("percentile_approx: expected a portion from 0 to 1, found " + p);
            return 0;
        }
        long rank = Math.min(count, Math.max(1, (long) Math.ceil(count * (p * 100) / 100)));
        if (rank == 1 || rank == count) {
            return rank == 1 ? least : greatest;
        }
        double value = 0;
        if (rank <= negative.total()) {
            // Of what is negative the greatest magnitude comes first.
            value = -negative.magnitude(negative.total() - rank + 1);
        } else if (rank > negative.total() + zeros) {
            value = positive.magnitude(rank - negative.total() - zeros);
        }
        return Math.max(least, Math.min(greatest, value));
    }

    @Override
    public void merge(Accumulator newer) {
        ApproximatePercentile other = (ApproximatePercentile) newer;
        positive.merge(other.positive);
        negative.merge(other.negative);
        zeros += other.zeros;
        p = Double.isNaN(p) ? other.p : p;
        least = Math.min(least, other.least);
        greatest = Math.max(greatest, other.greatest);
    }

    @Override
    public void save(ByteOutput out) {
        out.putDouble(p);
        out.putDouble(least);
        out.putDouble(greatest);
        out.putVarint(zeros);
        positive.save(out);
        negative.save(out);
    }

    @Override
    public void load(ByteInput in) {
        p = in.getDouble();
        least = in.getDouble();
        greatest = in.getDouble();
        zeros = Values.rows(in);
        positive.load(in);
        negative.load(in);
    }
}
