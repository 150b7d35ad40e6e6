package org.headgate.rule.aggregates;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;

/** Aggregates over floating-point numbers. Each saves only what it is asked for, also where several share their statistics. */
final class DoubleAccumulators {
    private DoubleAccumulators() {}

    private static double total(Frame frame, Statistics statistics) {
        frame.setNull(statistics.count == 0);
        if (!Double.isFinite(statistics.sum)) {
            frame.fail("a sum beyond 64 bits");
        }
        return statistics.sum;
    }

    /** An aggregate that is read from statistics. */
    private abstract static sealed class OfStatistics implements Accumulator, Result.OfDouble
            permits Sum, Average, Least, Greatest {
        private Statistics statistics;

        OfStatistics(Expression argument) {
            statistics = new Statistics(argument);
        }

        final Statistics statistics() {
            return statistics;
        }

        @Override
        public final void add(Frame frame) {
            statistics.add(frame);
        }

        @Override
        public final void merge(Accumulator newer) {
            statistics.merge(((OfStatistics) newer).statistics);
        }

        @Override
        public final boolean follow(Accumulator other) {
            if (!(other instanceof OfStatistics older) || !older.statistics.isAbout(statistics)) {
                return false;
            }
            statistics = older.statistics;
            return true;
        }
    }

    /** The sum. */
    static final class Sum extends OfStatistics {
        Sum(Expression argument) {
            super(argument);
        }

        @Override
        public double asDouble(Frame frame) {
            return total(frame, statistics());
        }

        @Override
        public void save(ByteOutput out) {
            out.putVarint(statistics().count);
            out.putDouble(statistics().sum);
        }

        @Override
        public void load(ByteInput in) {
            statistics().count = Values.rows(in);
            statistics().sum = in.getDouble();
        }
    }

    /** The sum divided by the count. */
    static final class Average extends OfStatistics {
        Average(Expression argument) {
            super(argument);
        }

        @Override
        public double asDouble(Frame frame) {
            return total(frame, statistics()) / Math.max(1, statistics().count);
        }

        @Override
        public void save(ByteOutput out) {
            out.putVarint(statistics().count);
            out.putDouble(statistics().sum);
        }

        @Override
        public void load(ByteInput in) {
            statistics().count = Values.rows(in);
            statistics().sum = in.getDouble();
        }
    }

    /** The smallest value. */
    static final class Least extends OfStatistics {
        Least(Expression argument) {
            super(argument);
        }

        @Override
        public double asDouble(Frame frame) {
            frame.setNull(statistics().least == Double.POSITIVE_INFINITY);
            return statistics().least;
        }

        @Override
        public void save(ByteOutput out) {
            out.putDouble(statistics().least);
        }

        @Override
        public void load(ByteInput in) {
            statistics().least = in.getDouble();
        }
    }

    /** The greatest value. */
    static final class Greatest extends OfStatistics {
        Greatest(Expression argument) {
            super(argument);
        }

        @Override
        public double asDouble(Frame frame) {
            frame.setNull(statistics().greatest == Double.NEGATIVE_INFINITY);
            return statistics().greatest;
        }

        @Override
        public void save(ByteOutput out) {
            out.putDouble(statistics().greatest);
        }

        @Override
        public void load(ByteInput in) {
            statistics().greatest = in.getDouble();
        }
    }
}
