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

    /**
     * The greatest or the smallest of numbers, or of texts by their characters; what came first says which of the two. The best of the
     * other kind is remembered, too: in a group that this one is merged into it may be the kind that counts.
     */
    static final class Extreme implements Accumulator, Result.OfObject {
        private final Expression argument;
        private final boolean greatest;
        private Number number;
        private String text;
        private boolean textCameFirst;

        Extreme(Expression argument, boolean greatest) {
            this.argument = argument;
            this.greatest = greatest;
        }

        @Override
        public void add(Frame frame) {
            Object value = argument.evalObject(frame);
            if (!frame.isNull() && value != null && !take(value)) {
                frame.fail((greatest ? "max" : "min") + ": expected "
                        + (best() == null ? "a number or a text" : "a value like those before, such as " + best())
                        + ", found " + value);
            }
        }

        private Object best() {
            return textCameFirst ? text : number;
        }

        private boolean take(Object value) {
            if (value instanceof Number candidate) {
                if (number == null || isBetter(Values.compare(candidate, number))) {
                    number = candidate;
                }
                return !textCameFirst;
            }
            if (!(value instanceof String candidate)) {
                return false;
            }
            textCameFirst |= number == null;
            if (text == null || isBetter(candidate.compareTo(text))) {
                text = candidate;
            }
            return textCameFirst;
        }

        private boolean isBetter(int order) {
            return greatest ? order > 0 : order < 0;
        }

        @Override
        public Object asObject(Frame frame) {
            frame.setNull(best() == null);
            return best();
        }

        @Override
        public void merge(Accumulator newer) {
            Extreme other = (Extreme) newer;
            Object first = other.best();
            Object second = other.textCameFirst ? other.number : other.text;
            if (first != null) {
                take(first);
            }
            if (second != null) {
                take(second);
            }
        }

        @Override
        public void save(ByteOutput out) {
            Values.flag(out, textCameFirst);
            Values.save(out, number);
            Values.save(out, text);
        }

        @Override
        public void load(ByteInput in) {
            textCameFirst = Values.flag(in);
            number = (Number) Values.load(in);
            text = (String) Values.load(in);
        }
    }
}
