package org.headgate.device.channels;

/**
 * What values make sense, both ends included. Allocates nothing.
 *
 * @param least the least value; negative infinity where there is none
 * @param most the greatest value; infinity where there is none
 */
public record Range(double least, double most) {
    /** Any value. */
    public static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    public Range {
        if (!(least <= most)) {
            throw new IllegalArgumentException("min=" + least + " max=" + most);
        }
    }

    /** Whether a value lies within; NaN never does. */
    public boolean contains(double value) {
        return value >= least && value <= most;
    }

    /** Whether any value is outside. */
    public boolean isBounded() {
        return least > Double.NEGATIVE_INFINITY || most < Double.POSITIVE_INFINITY;
    }
}
