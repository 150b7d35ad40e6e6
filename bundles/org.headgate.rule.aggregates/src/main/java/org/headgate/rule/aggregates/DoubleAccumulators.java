package org.headgate.rule.aggregates;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;

/** Aggregates over floating-point numbers. */
final class DoubleAccumulators {
    private DoubleAccumulators() {}

    /** The sum. */
    static final class Sum implements Accumulator, Result.OfDouble {
        private final Expression argument;
        private long count;
        private double sum;

        Sum(Expression argument) {
            this.argument = argument;
        }

        @Override
        public void add(Frame frame) {
            double value = argument.evalDouble(frame);
            if (!frame.isNull()) {
                sum += value;
                count++;
            }
        }

        @Override
        public double asDouble(Frame frame) {
            frame.setNull(count == 0);
            if (!Double.isFinite(sum)) {
                frame.fail("a sum beyond 64 bits");
            }
            return sum;
        }

        long count() {
            return count;
        }

        @Override
        public void merge(Accumulator newer) {
            Sum other = (Sum) newer;
            sum += other.sum;
            count += other.count;
        }

        @Override
        public void save(ByteOutput out) {
            out.putVarint(count);
            out.putDouble(sum);
        }

        @Override
        public void load(ByteInput in) {
            count = Values.rows(in);
            sum = in.getDouble();
        }
    }

    /** The sum divided by the count. */
    static final class Average implements Accumulator, Result.OfDouble {
        private final Sum sum;

        Average(Expression argument) {
            sum = new Sum(argument);
        }

        @Override
        public void add(Frame frame) {
            sum.add(frame);
        }

        @Override
        public double asDouble(Frame frame) {
            return sum.asDouble(frame) / Math.max(1, sum.count());
        }

        @Override
        public void merge(Accumulator newer) {
            sum.merge(((Average) newer).sum);
        }

        @Override
        public void save(ByteOutput out) {
            sum.save(out);
        }

        @Override
        public void load(ByteInput in) {
            sum.load(in);
        }
    }

    /** The smallest value. */
    static final class Least implements Accumulator, Result.OfDouble {
        private final Expression argument;
        private double least = Double.POSITIVE_INFINITY;

        Least(Expression argument) {
            this.argument = argument;
        }

        @Override
        public void add(Frame frame) {
            double value = argument.evalDouble(frame);
            if (!frame.isNull()) {
                least = Math.min(least, value);
            }
        }

        @Override
        public double asDouble(Frame frame) {
            frame.setNull(least == Double.POSITIVE_INFINITY);
            return least;
        }

        @Override
        public void merge(Accumulator newer) {
            least = Math.min(least, ((Least) newer).least);
        }

        @Override
        public void save(ByteOutput out) {
            out.putDouble(least);
        }

        @Override
        public void load(ByteInput in) {
            least = in.getDouble();
        }
    }

    /** The greatest value. */
    static final class Greatest implements Accumulator, Result.OfDouble {
        private final Expression argument;
        private double greatest = Double.NEGATIVE_INFINITY;

        Greatest(Expression argument) {
            this.argument = argument;
        }

        @Override
        public void add(Frame frame) {
            double value = argument.evalDouble(frame);
            if (!frame.isNull()) {
                greatest = Math.max(greatest, value);
            }
        }

        @Override
        public double asDouble(Frame frame) {
            frame.setNull(greatest == Double.NEGATIVE_INFINITY);
            return greatest;
        }

        @Override
        public void merge(Accumulator newer) {
            greatest = Math.max(greatest, ((Greatest) newer).greatest);
        }

        @Override
        public void save(ByteOutput out) {
            out.putDouble(greatest);
        }

        @Override
        public void load(ByteInput in) {
            greatest = in.getDouble();
        }
    }
}
