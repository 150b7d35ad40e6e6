package org.headgate.rule.functions;

/** Aggregates over integers, and count. */
final class LongAccumulators {
    private LongAccumulators() {}

    /** Rows, or values that are not null. */
    static final class Count implements Accumulator {
        private final Expression argument;
        private long count;

        Count(Expression argument) {
            this.argument = argument;
        }

        @Override
        public void add(Frame frame) {
            if (argument == null || !argument.isNull(frame)) {
                count++;
            }
        }

        @Override
        public long asLong(Frame frame) {
            frame.setNull(false);
            return count;
        }

        @Override
        public double asDouble(Frame frame) {
            return asLong(frame);
        }
    }

    /** The sum; null, and a failure, once it does not fit into 64 bits. */
    static final class Sum implements Accumulator {
        private final Expression argument;
        private long count;
        private long sum;
        private boolean overflow;

        Sum(Expression argument) {
            this.argument = argument;
        }

        @Override
        public void add(Frame frame) {
            long value = argument.evalLong(frame);
            if (!frame.isNull()) {
                long next = sum + value;
                overflow |= ((sum ^ next) & (value ^ next)) < 0;
                sum = next;
                count++;
            }
        }

        @Override
        public long asLong(Frame frame) {
            frame.setNull(count == 0);
            if (overflow) {
                frame.fail("a sum beyond 64 bits");
            }
            return sum;
        }

        @Override
        public double asDouble(Frame frame) {
            return asLong(frame);
        }

        long count() {
            return count;
        }
    }

    /** The sum divided by the count, rounded towards zero. */
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
        public long asLong(Frame frame) {
            return sum.asLong(frame) / Math.max(1, sum.count());
        }

        @Override
        public double asDouble(Frame frame) {
            return asLong(frame);
        }
    }

    /** The smallest value. */
    static final class Least implements Accumulator {
        private final Expression argument;
        private boolean any;
        private long least = Long.MAX_VALUE;

        Least(Expression argument) {
            this.argument = argument;
        }

        @Override
        public void add(Frame frame) {
            long value = argument.evalLong(frame);
            if (!frame.isNull()) {
                least = Math.min(least, value);
                any = true;
            }
        }

        @Override
        public long asLong(Frame frame) {
            frame.setNull(!any);
            return least;
        }

        @Override
        public double asDouble(Frame frame) {
            return asLong(frame);
        }
    }

    /** The greatest value. */
    static final class Greatest implements Accumulator {
        private final Expression argument;
        private boolean any;
        private long greatest = Long.MIN_VALUE;

        Greatest(Expression argument) {
            this.argument = argument;
        }

        @Override
        public void add(Frame frame) {
            long value = argument.evalLong(frame);
            if (!frame.isNull()) {
                greatest = Math.max(greatest, value);
                any = true;
            }
        }

        @Override
        public long asLong(Frame frame) {
            frame.setNull(!any);
            return greatest;
        }

        @Override
        public double asDouble(Frame frame) {
            return asLong(frame);
        }
    }
}
