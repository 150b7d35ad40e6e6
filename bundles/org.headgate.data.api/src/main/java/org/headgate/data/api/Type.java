package org.headgate.data.api;

/** The type of a column's values. Integers of every width are {@link #LONG}, floats of every width {@link #DOUBLE}. */
public enum Type {
    /** True or false; kept as the number 1 or 0. */
    BOOLEAN,
    /** A signed 64-bit integer. */
    LONG,
    /** An IEEE 754 double; NaN and the infinities do not occur in a GOOD value. */
    DOUBLE,
    /** Text, a {@link String}. */
    STRING,
    /** Bytes, a {@code byte[]} that nobody changes after it was put into a row. */
    BYTES,
    /** A {@link java.util.List} of boxed values. */
    ARRAY,
    /** A {@link java.util.Map} from names to boxed values. */
    STRUCT,
    /** A boxed value of any of these types, known only when it is there: a field of a struct, a column without a schema. */
    ANY;

    /** Whether values of this type are kept as a 64-bit number, unboxed. */
    public boolean isNumeric() {
        return ordinal() <= DOUBLE.ordinal();
    }
}
