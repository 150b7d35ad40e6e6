package org.headgate.rule.functions;

import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Type;

/**
 * A compiled expression. After each {@code eval} {@link Frame#isNull} says whether the value is null; what was returned
 * then means nothing. Evaluation never throws: what cannot be computed is {@link Frame#fail null and counted}.
 */
public interface Expression {
    /** The type of every value. */
    Type type();

    /** The value of a BOOLEAN expression. */
    default boolean evalBoolean(Frame frame) {
        throw new IllegalStateException(type() + " is not BOOLEAN");
    }

    /** The value of a LONG expression. */
    default long evalLong(Frame frame) {
        throw new IllegalStateException(type() + " is not LONG");
    }

    /** The value of a DOUBLE expression, or of a LONG one converted, or of an ANY one that turns out to be a number. */
    default double evalDouble(Frame frame) {
        throw new IllegalStateException(type() + " is not a number");
    }

    /** The value of any expression, boxed: Boolean, Long, Double, String, byte[], List or Map; {@code null} for null. */
    Object evalObject(Frame frame);

    /** Computes the value, only to know whether it is null. */
    boolean isNull(Frame frame);

    /** Computes the value and puts it into a column of the same type; a null stays ABSENT. */
    void store(Frame frame, RowBuilder into, int column);

    /** A condition. */
    @FunctionalInterface
    interface OfBoolean extends Expression {
        @Override
        boolean evalBoolean(Frame frame);

        @Override
        default Object evalObject(Frame frame) {
            boolean value = evalBoolean(frame);
            return frame.isNull() ? null : value;
        }

        @Override
        default Type type() {
            return Type.BOOLEAN;
        }

        @Override
        default boolean isNull(Frame frame) {
            evalBoolean(frame);
            return frame.isNull();
        }

        @Override
        default void store(Frame frame, RowBuilder into, int column) {
            boolean value = evalBoolean(frame);
            if (!frame.isNull()) {
                into.set(column, value);
            }
        }
    }

    /** An integer. */
    @FunctionalInterface
    interface OfLong extends Expression {
        @Override
        long evalLong(Frame frame);

        @Override
        default double evalDouble(Frame frame) {
            return evalLong(frame);
        }

        @Override
        default Object evalObject(Frame frame) {
            long value = evalLong(frame);
            return frame.isNull() ? null : value;
        }

        @Override
        default Type type() {
            return Type.LONG;
        }

        @Override
        default boolean isNull(Frame frame) {
            evalLong(frame);
            return frame.isNull();
        }

        @Override
        default void store(Frame frame, RowBuilder into, int column) {
            long value = evalLong(frame);
            if (!frame.isNull()) {
                into.set(column, value);
            }
        }
    }

    /** A floating-point number. */
    @FunctionalInterface
    interface OfDouble extends Expression {
        @Override
        double evalDouble(Frame frame);

        @Override
        default Object evalObject(Frame frame) {
            double value = evalDouble(frame);
            return frame.isNull() ? null : value;
        }

        @Override
        default Type type() {
            return Type.DOUBLE;
        }

        @Override
        default boolean isNull(Frame frame) {
            evalDouble(frame);
            return frame.isNull();
        }

        @Override
        default void store(Frame frame, RowBuilder into, int column) {
            double value = evalDouble(frame);
            if (!frame.isNull()) {
                into.set(column, value);
            }
        }
    }

    /** A text. */
    @FunctionalInterface
    interface OfText extends Expression {
        @Override
        String evalObject(Frame frame);

        @Override
        default Type type() {
            return Type.STRING;
        }

        @Override
        default boolean isNull(Frame frame) {
            evalObject(frame);
            return frame.isNull();
        }

        @Override
        default void store(Frame frame, RowBuilder into, int column) {
            String value = evalObject(frame);
            if (!frame.isNull()) {
                into.set(column, value);
            }
        }
    }

    /** A value of a type that is known only when it is there, or an array, a struct or bytes. */
    interface OfObject extends Expression {
        @Override
        default boolean evalBoolean(Frame frame) {
            return Dynamic.asBoolean(frame, evalObject(frame));
        }

        @Override
        default long evalLong(Frame frame) {
            return Dynamic.asLong(frame, evalObject(frame));
        }

        @Override
        default double evalDouble(Frame frame) {
            return Dynamic.asDouble(frame, evalObject(frame));
        }

        @Override
        default boolean isNull(Frame frame) {
            evalObject(frame);
            return frame.isNull();
        }

        @Override
        default void store(Frame frame, RowBuilder into, int column) {
            Object value = evalObject(frame);
            if (!frame.isNull()) {
                into.set(column, value);
            }
        }
    }

    /** A value of a type that is known only when it is there. */
    @FunctionalInterface
    interface OfAny extends OfObject {
        @Override
        default Type type() {
            return Type.ANY;
        }
    }
}
