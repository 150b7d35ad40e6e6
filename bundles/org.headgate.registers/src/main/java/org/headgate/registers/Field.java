package org.headgate.registers;

import java.io.IOException;
import java.util.Arrays;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/**
 * A value within the bytes of a register. Reading allocates nothing, but for {@link Kind#BYTES}.
 *
 * @param kind what the bits mean
 * @param size how many bytes the register has
 * @param little whether the lowest byte comes first
 * @param low the lowest bit of the value
 * @param width how many bits it has
 */
public record Field(Kind kind, int size, boolean little, int low, int width) {
    /** What the bits of a value mean. */
    public enum Kind {
        /** A number that is not negative. */
        UNSIGNED,
        /** A number in two's complement, whose sign is the field's own highest bit. */
        SIGNED,
        /** True when any of them is set. */
        BOOL,
        /** A number of IEEE 754: 32 or 64 bits. */
        FLOAT,
        /** Not a number: the bytes as they are. */
        BYTES
    }

    private static final int BYTE = 8;
    private static final int LONG = 64;

    public Field {
        boolean fits = kind == Kind.BYTES || size <= Long.BYTES && low >= 0 && width > 0 && low + width <= size * BYTE;
        if (size < 1 || !fits || kind == Kind.FLOAT && width != 32 && width != LONG) {
            throw new IllegalArgumentException(size + " bytes, bits " + low + " to " + (low + width - 1));
        }
    }

    /**
     * Which bits a channel's options say: {@code type=int16 order=little bits=11..0}.
     *
     * @throws InvalidSettingException when they make no sense, or there is one that is not known
     */
    public static Field of(Channel channel) throws InvalidSettingException {
        return FieldOptions.of(channel);
    }

    /** Whether other bits of the register are not the value's: they have to be kept when it is written. */
    public boolean isPart() {
        return kind != Kind.BYTES && width < size * BYTE;
    }

    /** Hands on the value that the bytes from a place on hold. */
    public void read(byte[] from, int at, int index, Readings into) {
        switch (kind) {
            case BYTES -> into.set(index, (Object) Arrays.copyOfRange(from, at, at + size));
            case FLOAT -> into.set(index, real(whole(from, at)));
            case BOOL -> into.set(index, bits(from, at) != 0);
            case SIGNED -> into.set(index, bits(from, at) << LONG - width >> LONG - width);
            case UNSIGNED -> {
                long value = bits(from, at);
                if (value < 0) {
                    into.bad(index, Long.toUnsignedString(value) + " is more than the 63 bits of a whole number");
                } else {
                    into.set(index, value);
                }
            }
        }
    }

    /**
     * Puts a value into the bytes from a place on, and leaves the bits alone that are not its own.
     *
     * @param value a Boolean, Long, Double or byte[]
     * @throws IOException when it does not fit, with one line for the user; nothing is changed then
     */
    public void put(Object value, byte[] into, int at) throws IOException {
        if (kind == Kind.BYTES) {
            byte[] bytes = (byte[]) value;
            if (bytes.length != size) {
                throw new IOException(bytes.length + " bytes do not fit (expected: " + size + ")");
            }
            System.arraycopy(bytes, 0, into, at, size);
            return;
        }
        long own = -1L >>> LONG - width << low;
        store(whole(into, at) & ~own | raw(value) << low & own, into, at);
    }

    private double real(long bits) {
        return width == LONG ? Double.longBitsToDouble(bits) : Float.intBitsToFloat((int) bits);
    }

    private long raw(Object value) throws IOException {
        if (kind == Kind.BOOL) {
            boolean on = value instanceof Boolean flag ? flag : ((Number) value).doubleValue() != 0;
            // A flag that has a whole register to itself is 1, as drivers and data sheets have it.
            return on ? isPart() ? -1L : 1 : 0;
        }
        Number number = value instanceof Boolean flag ? (Number) (flag ? 1L : 0L) : (Number) value;
        if (kind == Kind.FLOAT) {
            double real = number.doubleValue();
            return width == LONG
                    ? Double.doubleToRawLongBits(real)
                    : Float.floatToRawIntBits((float) real) & 0xFFFF_FFFFL;
        }
        return checked(number);
    }

    private long checked(Number number) throws IOException {
        long least = kind == Kind.SIGNED ? -1L << width - 1 : 0;
        long most = kind == Kind.SIGNED ? ~least : width == LONG ? Long.MAX_VALUE : (1L << width) - 1;
        double real = number.doubleValue();
        // Math.round answers with the nearest end, or with 0 for NaN: that would be written.
        boolean representable = number instanceof Long || Math.abs(real) < 0x1p63;
        long raw = number instanceof Long exact ? exact : Math.round(real);
        if (!representable || raw < least || raw > most) {
            throw new IOException(number + " does not fit (expected: " + least + " to " + most + ")");
        }
        return raw;
    }

    private long bits(byte[] from, int at) {
        return whole(from, at) >>> low & -1L >>> LONG - width;
    }

    private long whole(byte[] from, int at) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << BYTE | from[at + (little ? size - 1 - i : i)] & 0xFF;
        }
        return value;
    }

    private void store(long value, byte[] into, int at) {
        for (int i = 0; i < size; i++) {
            into[at + (little ? i : size - 1 - i)] = (byte) (value >>> BYTE * i);
        }
    }
}
