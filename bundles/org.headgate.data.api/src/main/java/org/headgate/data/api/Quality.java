package org.headgate.data.api;

/** How far a value can be trusted. */
public enum Quality {
    /** Measured and within its range. */
    GOOD,
    /** Measured, but doubtful (out of range, an uncertain source status); the value is there. */
    UNCERTAIN,
    /** The measurement failed: there is no value; null in SQL and in payloads, where the column is named as BAD. */
    BAD,
    /** Not sampled this time: there is no value; null in SQL and omitted from payloads. */
    ABSENT;

    /** Whether a value of this quality exists. */
    public boolean hasValue() {
        return ordinal() <= UNCERTAIN.ordinal();
    }
}
