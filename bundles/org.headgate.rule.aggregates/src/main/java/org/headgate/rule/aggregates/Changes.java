package org.headgate.rule.aggregates;

import java.util.List;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;
import org.headgate.rule.functions.Tracker;

/** Whether values differ from those before. At the start all are null, so a first value is a change and a first null is none. */
final class Changes {
    private Changes() {}

    /** One value that is watched. */
    static final class Watched {
        private final Expression argument;
        final Cell current;
        private final Cell last;

        Watched(Type type, Expression argument) {
            this.argument = argument;
            this.current = new Cell(type);
            this.last = new Cell(type);
        }

        /** Reads the value of the row, remembers it, and says whether it differs from what was remembered. */
        boolean changes(Frame frame, boolean ignoresNull) {
            current.read(argument, frame);
            if (ignoresNull && current.isNull() || current.same(last)) {
                return false;
            }
            last.copy(current);
            return true;
        }

        void save(ByteOutput out) {
            last.save(out);
        }

        void load(ByteInput in) {
            last.load(in);
        }
    }

    /** The value, where it has changed. */
    static final class Column implements CellTracker.Steps {
        private final Expression ignoresNull;
        private final Watched watched;

        Column(Expression ignoresNull, Expression argument) {
            this.ignoresNull = ignoresNull;
            this.watched = new Watched(argument.type(), argument);
        }

        @Override
        public void step(Frame frame, Cell value) {
            if (watched.changes(frame, ignoresNull.evalBoolean(frame))) {
                value.copy(watched.current);
            } else {
                value.clear();
            }
        }

        @Override
        public void skip(Frame frame, Cell value) {
            value.clear();
        }

        @Override
        public void save(ByteOutput out) {
            watched.save(out);
        }

        @Override
        public void load(ByteInput in) {
            watched.load(in);
        }
    }

    /** Whether any of several values has changed. */
    static final class Any implements Tracker, Result.OfBoolean {
        private final Expression ignoresNull;
        private final Watched[] watched;
        private boolean changed;

        Any(Expression ignoresNull, List<Expression> arguments) {
            this.ignoresNull = ignoresNull;
            this.watched = arguments.stream()
                    .map(argument -> new Watched(argument.type(), argument))
                    .toArray(Watched[]::new);
        }

        @Override
        public void step(Frame frame) {
            boolean skipsNull = ignoresNull.evalBoolean(frame);
            changed = false;
            for (Watched one : watched) {
                changed |= one.changes(frame, skipsNull);
            }
        }

        @Override
        public void skip(Frame frame) {
            changed = false;
        }

        @Override
        public boolean asBoolean(Frame frame) {
            frame.setNull(false);
            return changed;
        }

        @Override
        public void save(ByteOutput out) {
            Values.flag(out, changed);
            for (Watched one : watched) {
                one.save(out);
            }
        }

        @Override
        public void load(ByteInput in) {
            changed = Values.flag(in);
            for (Watched one : watched) {
                one.load(in);
            }
        }
    }

    /** Whether a value has changed to another one, or at all. */
    static final class To implements Tracker, Result.OfBoolean {
        private final Expression target;
        private final Expression ignoresNull;
        private final Watched watched;
        private final Cell wanted;
        private boolean changed;

        /** The target and what follows may be missing: {@code null}. */
        To(Type type, Expression argument, Expression target, Expression ignoresNull) {
            this.target = target;
            this.ignoresNull = ignoresNull;
            this.watched = new Watched(type, argument);
            this.wanted = new Cell(type);
        }

        @Override
        public void step(Frame frame) {
            changed = watched.changes(frame, ignoresNull != null && ignoresNull.evalBoolean(frame));
            if (changed && target != null) {
                wanted.read(target, frame);
                changed = wanted.same(watched.current);
            }
        }

        @Override
        public void skip(Frame frame) {
            changed = false;
        }

        @Override
        public boolean asBoolean(Frame frame) {
            frame.setNull(false);
            return changed;
        }

        @Override
        public void save(ByteOutput out) {
            Values.flag(out, changed);
            watched.save(out);
        }

        @Override
        public void load(ByteInput in) {
            changed = Values.flag(in);
            watched.load(in);
        }
    }

    /** The value that another expression had when the watched one changed as wanted. */
    static final class Capture implements CellTracker.Steps {
        private final Expression captured;
        private final To change;

        Capture(Expression captured, To change) {
            this.captured = captured;
            this.change = change;
        }

        @Override
        public void step(Frame frame, Cell value) {
            change.step(frame);
            if (change.asBoolean(frame)) {
                value.read(captured, frame);
            }
        }

        @Override
        public void skip(Frame frame, Cell value) {
            // What was captured stays.
        }

        @Override
        public void save(ByteOutput out) {
            change.save(out);
        }

        @Override
        public void load(ByteInput in) {
            change.load(in);
        }
    }
}
