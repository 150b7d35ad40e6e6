package org.headgate.rule.aggregates;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;
import org.headgate.rule.functions.Tracker;

/** Rows in a row for which a condition is true. A condition that is null is not. */
final class Consecutive {
    private Consecutive() {}

    /** How many there are. */
    static final class Count implements Tracker, Result.OfLong {
        private final Expression condition;
        private long count;

        Count(Expression condition) {
            this.condition = condition;
        }

        @Override
        public void step(Frame frame) {
            count = condition.evalBoolean(frame) && !frame.isNull() ? count + 1 : 0;
        }

        @Override
        public void skip(Frame frame) {
            // The count stays.
        }

        @Override
        public long asLong(Frame frame) {
            frame.setNull(false);
            return count;
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

    /** The value that an expression had in the first of them. */
    static final class Start implements CellTracker.Steps {
        private final Expression condition;
        private final Expression captured;
        private boolean running;

        Start(Expression condition, Expression captured) {
            this.condition = condition;
            this.captured = captured;
        }

        @Override
        public void step(Frame frame, Cell value) {
            boolean holds = condition.evalBoolean(frame) && !frame.isNull();
            if (!holds) {
                value.clear();
            } else if (!running) {
                value.read(captured, frame);
            }
            running = holds;
        }

        @Override
        public void skip(Frame frame, Cell value) {
            // The start stays.
        }

        @Override
        public void save(ByteOutput out) {
            Values.flag(out, running);
        }

        @Override
        public void load(ByteInput in) {
            running = Values.flag(in);
        }
    }
}
