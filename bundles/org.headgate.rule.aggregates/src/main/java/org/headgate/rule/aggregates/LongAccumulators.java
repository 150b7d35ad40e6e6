package org.headgate.rule.aggregates;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;

/** Aggregates over integers, and count. */
final class LongAccumulators {
    private LongAccumulators() {}

    /** Rows, or values that are not null. */
    static final class Count implements Accumulator, Result.OfLong {
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
        public void merge(Accumulator newer) {
            count += ((Count) newer).count;
        }

        @Override
        public void save(ByteOutput out) {
            out.putVarint(count);
        }

        @Override
        public void load(ByteInput in) {
            count = Values.rows(in);
        }
    }

    /** The sum; null, and a failure, once it does not fit into 64 bits. */
    static final class Sum implements Accumulator, Result.OfLong {
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
                add(value, 1);
            }
        }

        private void add(long value, long rows) {
            long next = sum + value;
            overflow |= ((sum ^ next) & (value ^ next)) < 0;
            sum = next;
            count += rows;
        }

        @Override
        public long asLong(Frame frame) {
            frame.setNull(count == 0);
            if (overflow) {
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
            add(other.sum, other.count);
            overflow |= other.overflow;
        }

        @Override
        public void save(ByteOutput out) {
            out.putVarint(count);
            out.putZigzag(sum);
            Values.flag(out, overflow);
        }

        @Override
        public void load(ByteInput in) {
            count = Values.rows(in);
            sum = in.getZigzag();
            overflow = Values.flag(in);
        }
    }

    /** The sum divided by the count, rounded towards zero. */
    static final class Average implements Accumulator, Result.OfLong {
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
    static final class Least implements Accumulator, Result.OfLong {
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
        public void merge(Accumulator newer) {
            Least other = (Least) newer;
            least = Math.min(least, other.least);
            any |= other.any;
        }

        @Override
        public void save(ByteOutput out) {
            Values.flag(out, any);
            out.putZigzag(least);
        }

        @Override
        public void load(ByteInput in) {
            any = Values.flag(in);
            least = in.getZigzag();
        }
    }

    /** The greatest value. */
    static final class Greatest implements Accumulator, Result.OfLong {
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
        public void merge(Accumulator newer) {
            Greatest other = (Greatest) newer;
            greatest = Math.max(greatest, other.greatest);
            any |= other.any;
        }

        @Override
        public void save(ByteOutput out) {
            Values.flag(out, any);
            out.putZigzag(greatest);
        }

        @Override
        public void load(ByteInput in) {
            any = Values.flag(in);
            greatest = in.getZigzag();
        }
    }
}
