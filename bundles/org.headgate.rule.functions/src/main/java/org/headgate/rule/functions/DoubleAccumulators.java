package org.headgate.rule.functions;

/** Aggregates over floating-point numbers. */
final class DoubleAccumulators {
    private DoubleAccumulators() {}

    /** The sum. */
    static final class Sum implements Accumulator {
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

        @Override
        public long asLong(Frame frame) {
            return (long) asDouble(frame);
        }

        long count() {
            return count;
        }
    }

    /** The sum divided by the count. */
    static final class Average implements Accumulator {
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
        public long asLong(Frame frame) {
            return (long) asDouble(frame);
        }
    }

    /** The smallest value. */
    static final class Least implements Accumulator {
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
        public long asLong(Frame frame) {
            return (long) asDouble(frame);
        }
    }

    /** The greatest value. */
    static final class Greatest implements Accumulator {
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
        public long asLong(Frame frame) {
            return (long) asDouble(frame);
        }
    }
}
