package org.headgate.rule.aggregates;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;

/** Aggregates over values whose type shows only when they are there, and over texts. A value that does not fit is a failure, and left out. */
final class AnyAccumulators {
    private AnyAccumulators() {}

    /** The sum or the average of numbers: of integers as {@link LongAccumulators}, with one fraction among them as {@link DoubleAccumulators}. */
    static final class Sum implements Accumulator, Result.OfObject {
        private final Expression argument;
        private final boolean averages;
        private long count;
        private long whole;
        private boolean overflow;
        private boolean anyFraction;
        private double sum;

        Sum(Expression argument, boolean averages) {
            this.argument = argument;
            this.averages = averages;
        }

        @Override
        public void add(Frame frame) {
            Object value = argument.evalObject(frame);
            if (frame.isNull() || value == null) {
                return;
            }
            if (!(value instanceof Number number)) {
                frame.fail((averages ? "avg" : "sum") + ": expected a number, found " + value);
                return;
            }
            if (Values.isWhole(number)) {
                addWhole(number.longValue());
            } else {
                anyFraction = true;
            }
            sum += number.doubleValue();
            count++;
        }

        private void addWhole(long value) {
            long next = whole + value;
            overflow |= ((whole ^ next) & (value ^ next)) < 0;
            whole = next;
        }

        @Override
        public Object asObject(Frame frame) {
            frame.setNull(count == 0);
            if (anyFraction ? !Double.isFinite(sum) : overflow) {
                frame.fail("a sum beyond 64 bits");
            }
            if (frame.isNull()) {
                return null;
            }
            if (anyFraction) {
                return averages ? sum / count : sum;
            }
            return averages ? whole / count : whole;
        }

        @Override
        public void merge(Accumulator newer) {
            Sum other = (Sum) newer;
            addWhole(other.whole);
            overflow |= other.overflow;
            anyFraction |= other.anyFraction;
            sum += other.sum;
            count += other.count;
        }

        @Override
        public void save(ByteOutput out) {
            out.putVarint(count);
            out.putZigzag(whole);
            Values.flag(out, overflow);
            Values.flag(out, anyFraction);
            out.putDouble(sum);
        }

        @Override
        public void load(ByteInput in) {
            count = Values.rows(in);
            whole = in.getZigzag();
            overflow = Values.flag(in);
            anyFraction = Values.flag(in);
            sum = in.getDouble();
        }
    }

    /** The greatest or the smallest of numbers, or of texts by their characters; what came first says which of the two. */
    static final class Extreme implements Accumulator, Result.OfObject {
        private final Expression argument;
        private final boolean greatest;
        private Object best;

        Extreme(Expression argument, boolean greatest) {
            this.argument = argument;
            this.greatest = greatest;
        }

        @Override
        public void add(Frame frame) {
            Object value = argument.evalObject(frame);
            if (!frame.isNull() && value != null && !take(value)) {
                frame.fail((greatest ? "max" : "min") + ": expected "
                        + (best == null ? "a number or a text" : "a value like those before, such as " + best)
                        + ", found " + value);
            }
        }

        private boolean take(Object value) {
            boolean fits = best == null
                    ? value instanceof Number || value instanceof String
                    : value instanceof Number && best instanceof Number
                            || value instanceof String && best instanceof String;
            if (fits && (best == null || isBetter(value))) {
                best = value;
            }
            return fits;
        }

        private boolean isBetter(Object value) {
            int order = value instanceof Number number
                    ? Values.compare(number, (Number) best)
                    : ((String) value).compareTo((String) best);
            return greatest ? order > 0 : order < 0;
        }

        @Override
        public Object asObject(Frame frame) {
            frame.setNull(best == null);
            return best;
        }

        @Override
        public void merge(Accumulator newer) {
            Object other = ((Extreme) newer).best;
            if (other != null) {
                take(other);
            }
        }

        @Override
        public void save(ByteOutput out) {
            Values.save(out, best);
        }

        @Override
        public void load(ByteInput in) {
            best = null;
            Object value = Values.load(in);
            if (value != null && !take(value)) {
                throw new IllegalArgumentException("expected a number or a text, found " + value);
            }
        }
    }
}
