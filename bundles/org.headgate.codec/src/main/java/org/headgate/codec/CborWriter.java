package org.headgate.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes CBOR (RFC 8949) into a growing buffer, in its core deterministic encoding (4.2.1): lengths are definite, integers and lengths
 * take the fewest bytes, and so do floating-point numbers where the value stays exactly the same. The caller says beforehand how many
 * items an array or a map has, and writes the keys of a map in the order that it wants; deterministic is the order of their bytes.
 */
public final class CborWriter {
    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int SIMPLE = 7;

    private static final int FALSE = 20;
    private static final int TRUE = 21;
    private static final int NULL = 22;
    private static final int HALF = 25;
    private static final int SINGLE = 26;
    private static final int DOUBLE = 27;
    private static final int NOT_A_NUMBER = 0x7E00;

    private byte[] bytes = new byte[1024];
    private int size;

    /** Begins an array of so many items, which come next. */
    public CborWriter beginArray(int items) {
        return head(ARRAY, items);
    }

    /** Begins a map of so many pairs of a key and a value, which come next. */
    public CborWriter beginMap(int pairs) {
        return head(MAP, pairs);
    }

    /** Writes an integer. */
    public CborWriter value(long value) {
        return value < 0 ? head(NEGATIVE, ~value) : head(UNSIGNED, value);
    }

    /** Writes a floating-point number in 16, 32 or 64 bits, whatever says it exactly. */
    public CborWriter value(double value) {
        float single = (float) value;
        if (Double.isNaN(value)) {
            put(SIMPLE << 5 | HALF);
            return number(NOT_A_NUMBER, 2);
        }
        // As bits, for zero has two signs.
        if (Double.doubleToRawLongBits(single) != Double.doubleToRawLongBits(value)) {
            put(SIMPLE << 5 | DOUBLE);
            return number(Double.doubleToRawLongBits(value), 8);
        }
        int half = half(single);
        if (half < 0) {
            put(SIMPLE << 5 | SINGLE);
            return number(Float.floatToRawIntBits(single), 4);
        }
        put(SIMPLE << 5 | HALF);
        return number(half, 2);
    }

    /** Writes true or false. */
    public CborWriter value(boolean value) {
        return put(SIMPLE << 5 | (value ? TRUE : FALSE));
    }

    /** Writes a text. Half of a surrogate pair becomes U+FFFD, because UTF-8 has no bytes for it. */
    public CborWriter value(String value) {
        return counted(TEXT, paired(value).getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes. */
    public CborWriter value(byte[] value) {
        return counted(BYTES, value);
    }

    /** Writes null. */
    public CborWriter nullValue() {
        return put(SIMPLE << 5 | NULL);
    }

    /** What was written so far. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** The number as a half-precision one (IEEE 754, binary16), as 16 bits; -1 when it is none. */
    private static int half(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int exponent = (bits >>> 23 & 0xFF) - 127;
        int fraction = bits & 0x7FFFFF;
        if ((bits & 0x7FFFFFFF) == 0) {
            return sign;
        }
        if (exponent == 128) {
            return sign | 0x7C00;
        }
        if (exponent > 15 || exponent < -24) {
            return -1;
        }
        if (exponent >= -14) {
            return (fraction & 0x1FFF) == 0 ? sign | exponent + 15 << 10 | fraction >> 13 : -1;
        }
        // A subnormal one: a multiple of 2^-24.
        int whole = fraction | 0x800000;
        int shift = -1 - exponent;
        return (whole & (1 << shift) - 1) == 0 ? sign | whole >> shift : -1;
    }

    private static String paired(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int[] points = text.codePoints()
                        .map(point -> Character.getType(point) == Character.SURROGATE ? 0xFFFD : point)
                        .toArray();
                return new String(points, 0, points.length);
            }
        }
        return text;
    }

    private CborWriter counted(int type, byte[] content) {
        head(type, content.length);
        room(content.length);
        System.arraycopy(content, 0, bytes, size, content.length);
        size += content.length;
        return this;
    }

    /** The first byte of an item, and the number that belongs to it, unsigned (RFC 8949, 3). */
    private CborWriter head(int type, long argument) {
        int major = type << 5;
        if (argument >= 0 && argument < 24) {
            return put(major | (int) argument);
        } else if (argument >>> 8 == 0) {
            return put(major | 24).number(argument, 1);
        } else if (argument >>> 16 == 0) {
            return put(major | 25).number(argument, 2);
        } else if (argument >>> 32 == 0) {
            return put(major | 26).number(argument, 4);
        }
        return put(major | 27).number(argument, 8);
    }

    private CborWriter number(long value, int count) {
        room(count);
        for (int shift = 8 * count - 8; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    private CborWriter put(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    private void room(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
        }
    }
}
