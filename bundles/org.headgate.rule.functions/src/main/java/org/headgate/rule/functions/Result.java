package org.headgate.rule.functions;

/**
 * A value that is computed from several rows and can be read at any time, as often as one likes. Each method says in the frame whether the
 * value is null; what it returned then means nothing. Implementations take the one of the four that fits their type.
 */
public interface Result {
    /** The value as a condition. */
    boolean asBoolean(Frame frame);

    /** The value as an integer. */
    long asLong(Frame frame);

    /** The value as a floating-point number. */
    double asDouble(Frame frame);

    /** The value, boxed; {@code null} where it is null. */
    Object asObject(Frame frame);

    /** A result that is a condition. */
    interface OfBoolean extends Result {
        @Override
        default long asLong(Frame frame) {
            throw new IllegalStateException("a BOOLEAN is no LONG");
        }

        @Override
        default double asDouble(Frame frame) {
            throw new IllegalStateException("a BOOLEAN is no DOUBLE");
        }

        @Override
        default Object asObject(Frame frame) {
            boolean value = asBoolean(frame);
            return frame.isNull() ? null : value;
        }
    }

    /** A result that is an integer. */
    interface OfLong extends Result {
        @Override
        default boolean asBoolean(Frame frame) {
            throw new IllegalStateException("a LONG is no BOOLEAN");
        }

        @Override
        default double asDouble(Frame frame) {
            return asLong(frame);
        }

        @Override
        default Object asObject(Frame frame) {
            long value = asLong(frame);
            return frame.isNull() ? null : value;
        }
    }

    /** A result that is a floating-point number. */
    interface OfDouble extends Result {
        @Override
        default boolean asBoolean(Frame frame) {
            throw new IllegalStateException("a DOUBLE is no BOOLEAN");
        }

        @Override
        default long asLong(Frame frame) {
            return (long) asDouble(frame);
        }

        @Override
        default Object asObject(Frame frame) {
            double value = asDouble(frame);
            return frame.isNull() ? null : value;
        }
    }

    /** A result of any other type, or of a type that is known only when the value is there. */
    interface OfObject extends Result {
        @Override
        default boolean asBoolean(Frame frame) {
            return Dynamic.asBoolean(frame, asObject(frame));
        }

        @Override
        default long asLong(Frame frame) {
            return Dynamic.asLong(frame, asObject(frame));
        }

        @Override
        default double asDouble(Frame frame) {
            return Dynamic.asDouble(frame, asObject(frame));
        }
    }
}
