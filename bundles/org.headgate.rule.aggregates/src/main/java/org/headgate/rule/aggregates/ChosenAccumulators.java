package org.headgate.rule.aggregates;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;

/** Aggregates that give the value of one of the rows. */
final class ChosenAccumulators {
    private ChosenAccumulators() {}

    /** A value that one of the rows had. */
    private abstract static class Chosen implements Accumulator, Result.OfObject {
        final Cell chosen;

        Chosen(Type type) {
            chosen = new Cell(type);
        }

        @Override
        public boolean asBoolean(Frame frame) {
            return chosen.asBoolean(frame);
        }

        @Override
        public long asLong(Frame frame) {
            return chosen.asLong(frame);
        }

        @Override
        public double asDouble(Frame frame) {
            return chosen.asDouble(frame);
        }

        @Override
        public Object asObject(Frame frame) {
            return chosen.asObject(frame);
        }
    }

    /** The first or the last value, of all or of those that are not null. */
    static final class End extends Chosen {
        private final Expression argument;
        private final Expression ignoresNull;
        private final boolean wantsLast;
        private final Cell current;
        private boolean any;

        End(Expression argument, Expression ignoresNull, boolean wantsLast) {
            super(argument.type());
            this.argument = argument;
            this.ignoresNull = ignoresNull;
            this.wantsLast = wantsLast;
            this.current = new Cell(argument.type());
        }

        @Override
        public void add(Frame frame) {
            if (any && !wantsLast) {
                return;
            }
            current.read(argument, frame);
            if (!current.isNull() || !ignoresNull.evalBoolean(frame)) {
                chosen.copy(current);
                any = true;
            }
        }

        @Override
        public void merge(Accumulator newer) {
            End other = (End) newer;
            if (other.any && (wantsLast || !any)) {
                chosen.copy(other.chosen);
                any = true;
            }
        }

        @Override
        public void save(ByteOutput out) {
            Values.flag(out, any);
            chosen.save(out);
        }

        @Override
        public void load(ByteInput in) {
            any = Values.flag(in);
            chosen.load(in);
        }
    }

    /** The value, null or not, in the row where a number is greatest or smallest; of several such rows the last. */
    static final class By extends Chosen {
        private final Expression argument;
        private final Expression measure;
        private final boolean wantsGreatest;
        private boolean any;
        private double best;

        By(Expression argument, Expression measure, boolean wantsGreatest) {
            super(argument.type());
            this.argument = argument;
            this.measure = measure;
            this.wantsGreatest = wantsGreatest;
        }

        @Override
        public void add(Frame frame) {
            double value = measure.evalDouble(frame);
            if (!frame.isNull() && isBest(value)) {
                chosen.read(argument, frame);
                best = value;
                any = true;
            }
        }

        private boolean isBest(double value) {
            return !any || (wantsGreatest ? value >= best : value <= best);
        }

        @Override
        public void merge(Accumulator newer) {
            By other = (By) newer;
            if (other.any && isBest(other.best)) {
                chosen.copy(other.chosen);
                best = other.best;
                any = true;
            }
        }

        @Override
        public void save(ByteOutput out) {
            Values.flag(out, any);
            out.putDouble(best);
            chosen.save(out);
        }

        @Override
        public void load(ByteInput in) {
            any = Values.flag(in);
            best = in.getDouble();
            chosen.load(in);
        }
    }
}
