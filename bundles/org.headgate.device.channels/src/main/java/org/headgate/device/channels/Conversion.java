package org.headgate.device.channels;

/**
 * How a raw number becomes a value: {@code ((raw & mask) >> shift) * scale + offset}, and back. Allocates nothing.
 *
 * @param scale what a raw number is multiplied with; finite and not 0
 * @param offset what is added then; finite
 * @param mask the bits of a whole number that count; -1 for all of them
 * @param shift by how many bits what is left is moved to the right, 0 to 63; without a mask the sign is kept
 */
public record Conversion(double scale, double offset, long mask, int shift) {
    /** Raw numbers are the values. */
    public static final Conversion NONE = new Conversion(1, 0, -1, 0);

    public Conversion {
        if (scale == 0 || !Double.isFinite(scale) || !Double.isFinite(offset)) {
            throw new IllegalArgumentException("scale=" + scale + " offset=" + offset);
        }
        if (shift < 0 || shift > 63 || (mask & -1L << shift) == 0) {
            throw new IllegalArgumentException("mask=" + mask + " shift=" + shift);
        }
    }

    /** Whether raw numbers are the values. */
    public boolean isIdentity() {
        return !isScaled() && !needsOld();
    }

    /** Whether there is a scale or an offset, which make the value a DOUBLE. */
    public boolean isScaled() {
        return scale != 1 || offset != 0;
    }

    /** Whether only some bits are the channel's, so that a write must know the others: read, {@link #merge}, write. */
    public boolean needsOld() {
        return mask != -1 || shift != 0;
    }

    /** The scaled value of a raw number whose bits were taken out already. */
    public double value(double raw) {
        return raw * scale + offset;
    }

    /** What a scaled value was made of: the inverse of {@link #value}, not rounded. */
    public double raw(double value) {
        return (value - offset) / scale;
    }

    /** The channel's bits of a raw whole number. */
    public long bits(long raw) {
        return (raw & mask) >> shift;
    }

    /** A raw whole number with the channel's bits set and every other bit as it was: the inverse of {@link #bits}. */
    public long merge(long old, long value) {
        long own = mask & -1L << shift;
        return old & ~own | value << shift & own;
    }
}
