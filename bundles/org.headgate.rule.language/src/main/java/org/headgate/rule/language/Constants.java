package org.headgate.rule.language;

import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/** Literals. Records, so that the compiler recognises them and can fuse a comparison with one. */
final class Constants {
    private Constants() {}

    record OfLong(long value) implements Expression.OfLong {
        @Override
        public long evalLong(Frame frame) {
            frame.setNull(false);
            return value;
        }
    }

    record OfDouble(double value) implements Expression.OfDouble {
        @Override
        public double evalDouble(Frame frame) {
            frame.setNull(false);
            return value;
        }
    }

    record OfBoolean(boolean value) implements Expression.OfBoolean {
        @Override
        public boolean evalBoolean(Frame frame) {
            frame.setNull(false);
            return value;
        }
    }

    record OfText(String value) implements Expression.OfText {
        @Override
        public String evalObject(Frame frame) {
            frame.setNull(false);
            return value;
        }
    }

    /** NULL. */
    record OfNull() implements Expression.OfAny {
        @Override
        public Object evalObject(Frame frame) {
            frame.setNull(true);
            return null;
        }
    }
}
