package org.headgate.messages;

/** What a message says of one instant. */
interface Instant {
    /** It says no time of its own. */
    long NO_TIME = Long.MIN_VALUE;

    /** Nanoseconds since the epoch, or {@link #NO_TIME}. */
    long timeNanos();

    /** A boxed value; {@code null} where there is none. */
    Object value(Field field);

    /** The unit that the message names for a value, in SenML's terms; empty when it names none. */
    default String unit(Field field) {
        return "";
    }
}
