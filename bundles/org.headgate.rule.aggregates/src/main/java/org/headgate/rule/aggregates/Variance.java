package org.headgate.rule.aggregates;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;

/**
 * The variance of all values or of a sample, or its root. Welford's recurrence, which does not lose the digits that two large sums lose;
 * two of them are merged by the formula of Chan, Golub and LeVeque (Stanford STAN-CS-79-773, 2.1).
 */
final class Variance implements Accumulator, Result.OfDouble {
    private final Expression argument;
    private final boolean sample;
    private final boolean root;
    private long count;
    private double mean;
    private double squares;

    Variance(Expression argument, boolean sample, boolean root) {
        this.argument = argument;
        this.sample = sample;
        this.root = root;
    }

    @Override
    public void add(Frame frame) {
        double value = argument.evalDouble(frame);
        if (!frame.isNull()) {
            count++;
            double before = value - mean;
            mean += before / count;
            squares += before * (value - mean);
        }
    }

    @Override
    public double asDouble(Frame frame) {
        long divisor = sample ? count - 1 : count;
        frame.setNull(divisor <= 0);
        if (!Double.isFinite(squares)) {
            frame.fail("a variance beyond 64 bits");
        }
        double variance = squares / Math.max(1, divisor);
        return root ? Math.sqrt(variance) : variance;
    }

    @Override
    public void merge(Accumulator newer) {
        Variance other = (Variance) newer;
        if (other.count == 0) {
            return;
        }
        double distance = other.mean - mean;
        long sum = count + other.count;
        squares += other.squares + distance * distance * ((double) count / sum * other.count);
        mean += distance * ((double) other.count / sum);
        count = sum;
    }

    @Override
    public void save(ByteOutput out) {
        out.putVarint(count);
        out.putDouble(mean);
        out.putDouble(squares);
    }

    @Override
    public void load(ByteInput in) {
        count = Values.rows(in);
        mean = in.getDouble();
        squares = in.getDouble();
    }
}
