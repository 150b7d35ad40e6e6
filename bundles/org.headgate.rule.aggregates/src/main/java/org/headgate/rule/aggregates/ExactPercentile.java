package org.headgate.rule.aggregates;

import java.util.Arrays;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;

/**
 * An exact percentile. It keeps every value, {@link Values#MAX} at most: with more the result is null and a failure, never that of a
 * part.
 */
final class ExactPercentile implements Accumulator, Result.OfDouble {
    /** What is done when the percentile lies between two values. */
    enum Kind {
        /** As LF Edge eKuiper: the mean of the values at {@code n * p} rounded down and the one after it. */
        CONTINUOUS("percentile_cont"),
        /** The value of rank {@code n * p} rounded up: nearest rank. */
        DISCRETE("percentile_disc"),
        /** The middle value, or the mean of the two in the middle. */
        MEDIAN("median");

        private final String function;

        Kind(String function) {
            this.function = function;
        }
    }

    private final Kind kind;
    private final Expression argument;
    private final Expression portion;
    private double p = Double.NaN;
    private double[] values = new double[16];
    private int size;
    private boolean full;

    ExactPercentile(Kind kind, Expression argument, Expression portion) {
        this.kind = kind;
        this.argument = argument;
        this.portion = portion;
    }

    @Override
    public void add(Frame frame) {
        if (portion != null && Double.isNaN(p)) {
            double first = portion.evalDouble(frame);
            p = frame.isNull() ? Double.NaN : first;
        }
        double value = argument.evalDouble(frame);
        if (!frame.isNull() && !take(value)) {
            frame.fail(tooMany());
        }
    }

    private boolean take(double value) {
        if (size >= Values.MAX) {
            full = true;
            return false;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
        return true;
    }

    private String tooMany() {
        return kind.function + ": expected " + Values.MAX
                + " values at most in a group: use percentile_approx, or a shorter window";
    }

    @Override
    public double asDouble(Frame frame) {
        frame.setNull(size == 0);
        if (full) {
            frame.fail(tooMany());
        }
        if (frame.isNull()) {
            return 0;
        }
        Arrays.sort(values, 0, size);
        return switch (kind) {
            case CONTINUOUS -> continuous(frame);
            case DISCRETE -> discrete(frame);
            case MEDIAN -> middle((size - 1) / 2, size / 2);
        };
    }

    private double continuous(Frame frame) {
        double index = p * 100 / 100 * size;
        if (size == 1) {
            return values[0];
        }
        if (!(p > 0 && p <= 1)) {
            frame.fail("percentile_cont: expected a portion above 0 and not above 1, found " + p);
            return 0;
        }
        if (index == Math.rint(index)) {
            return values[(int) index - 1];
        }
        if (index < 1) {
            frame.fail("percentile_cont: expected at least " + Math.round(Math.ceil(1 / p)) + " values, found " + size);
            return 0;
        }
        return middle((int) index - 1, (int) index);
    }

    private double discrete(Frame frame) {
        if (!(p >= 0 && p <= 1)) {
            frame.fail("percentile_disc: expected a portion from 0 to 1, found " + p);
            return 0;
        }
        return values[Math.max(1, rank(p, size)) - 1];
    }

    private double middle(int low, int high) {
        return low == high ? values[low] : values[low] / 2 + values[high] / 2;
    }

    /** The nearest rank, from 0. */
    static int rank(double p, long size) {
        return (int) Math.min(size, (long) Math.ceil(size * (p * 100) / 100));
    }

    @Override
    public boolean grows() {
        return true;
    }

    @Override
    public long grownBytes() {
        return (long) Double.BYTES * values.length;
    }

    @Override
    public void merge(Accumulator newer) {
        ExactPercentile other = (ExactPercentile) newer;
        p = Double.isNaN(p) ? other.p : p;
        for (int i = 0; i < other.size; i++) {
            take(other.values[i]);
        }
        full |= other.full;
    }

    @Override
    public void save(ByteOutput out) {
        out.putDouble(p);
        Values.flag(out, full);
        out.putVarint(size);
        for (int i = 0; i < size; i++) {
            out.putDouble(values[i]);
        }
    }

    @Override
    public void load(ByteInput in) {
        p = in.getDouble();
        full = Values.flag(in);
        size = 0;
        values = new double[16];
        for (int left = Values.count(in); left > 0; left--) {
            take(in.getDouble());
        }
    }
}
