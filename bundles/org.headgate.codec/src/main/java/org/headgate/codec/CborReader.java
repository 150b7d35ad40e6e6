package org.headgate.codec;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one CBOR item (RFC 8949) into boxed values: {@code Map<Object, Object>} in the order of the bytes, with keys that are Long or
 * String, {@code List<Object>}, String, {@code byte[]}, Boolean, Long for integers that fit, Double for all other numbers, and {@code
 * null} for null and undefined. Big integers and decimal fractions (3.4.3, 3.4.4) become numbers; of every other tag the content is read.
 * Strict: lengths lie inside the bytes, texts are UTF-8, a key once only in a map. Memory is bounded by the bytes' length, nesting by
 * {@value #DEEPEST} levels.
 */
public final class CborReader {
    private static final int DEEPEST = 64;
    private static final int INDEFINITE = 31;
    /** The break that ends what has no length. */
    private static final int BREAK = 0xFF;

    private static final int MOST_BIG = 128;

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;
    private int depth;

    private CborReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.start = offset;
        this.at = offset;
        this.end = offset + length;
    }

    /**
     * The value of an item that takes all of some bytes.
     *
     * @return the value; {@code null} for CBOR's null
     * @throws IllegalArgumentException when it is not such an item, with what is wrong at which byte, on one line
     */
    public static Object read(byte[] bytes, int offset, int length) {
        CborReader reader = new CborReader(bytes, offset, length);
        Object value = reader.item();
        if (reader.at < reader.end) {
            throw reader.wrong("more bytes after the item");
        }
        return value;
    }

    private Object item() {
        int head = next();
        int major = head >> 5;
        int minor = head & 31;
        switch (major) {
            case 0:
                return unsigned(argument(minor));
            case 1:
                long below = argument(minor);
                return below >= 0 ? (Object) ~below : (Object) (-1 - toDouble(below));
            case 2:
                return string(major, minor);
            case 3:
                return text(string(major, minor));
            case 4:
                return array(minor);
            case 5:
                return map(minor);
            case 6:
                return tagged(argument(minor));
            default:
                return simple(minor);
        }
    }

    private Object simple(int minor) {
        switch (minor) {
            case 20:
                return Boolean.FALSE;
            case 21:
                return Boolean.TRUE;
            case 22, 23:
                return null;
            case 25:
                return half((int) number(2));
            case 26:
                return (double) Float.intBitsToFloat((int) number(4));
            case 27:
                return Double.longBitsToDouble(number(8));
            default:
                at--;
                throw wrong("the unknown value " + minor);
        }
    }

    private Object tagged(long tag) {
        enter();
        Object content = item();
        depth--;
        if ((tag == 2 || tag == 3) && content instanceof byte[] big) {
            if (big.length > MOST_BIG) {
                throw wrong("an integer of " + big.length + " bytes");
            }
            BigInteger value = new BigInteger(1, big);
            BigInteger signed = tag == 2 ? value : value.not();
            return signed.bitLength() < 64 ? (Object) signed.longValue() : (Object) signed.doubleValue();
        }
        if (tag == 4 && content instanceof List<?> pair) {
            if (pair.size() == 2 && pair.get(0) instanceof Long exponent && pair.get(1) instanceof Long mantissa) {
                // Parsed as text, for that rounds once, and costs nothing however far the exponent is out.
                return Double.valueOf(mantissa + "e" + Math.max(-2000, Math.min(2000, exponent)));
            }
            throw wrong("a decimal fraction that is none");
        }
        return content;
    }

    private List<Object> array(int minor) {
        List<Object> values = new ArrayList<>();
        enter();
        long count = count(minor);
        for (long i = 0; i != count && !ends(count); i++) {
            values.add(item());
        }
        depth--;
        return values;
    }

    private Map<Object, Object> map(int minor) {
        Map<Object, Object> members = new LinkedHashMap<>();
        enter();
        long count = count(minor);
        for (long i = 0; i != count && !ends(count); i++) {
            Object key = item();
            if (!(key instanceof Long || key instanceof String)) {
                throw wrong("a key that is neither an integer nor a text");
            }
            if (members.containsKey(key)) {
                throw wrong("a key twice");
            }
            members.put(key, item());
        }
        depth--;
        return members;
    }

    /** How many items come; -1 when a break says. */
    private long count(int minor) {
        return minor == INDEFINITE ? -1 : length(minor);
    }

    private boolean ends(long count) {
        if (count < 0 && at < end && (bytes[at] & 0xFF) == BREAK) {
            at++;
            return true;
        }
        return false;
    }

    private byte[] string(int major, int minor) {
        if (minor != INDEFINITE) {
            int size = length(minor);
            at += size;
            return Arrays.copyOfRange(bytes, at - size, at);
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        while (!ends(-1)) {
            int head = next();
            if (head >> 5 != major || (head & 31) == INDEFINITE) {
                throw wrong("a piece of another type in a string");
            }
            int size = length(head & 31);
            joined.write(bytes, at, size);
            at += size;
        }
        return joined.toByteArray();
    }

    private String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException none) {
            throw wrong("a text that is no UTF-8");
        }
    }

    /** A length or a count of what takes a byte at least each: never more than bytes are left. */
    private int length(int minor) {
        long length = argument(minor);
        if (length < 0 || length > end - at) {
            throw wrong("a length of " + Long.toUnsignedString(length) + " with " + (end - at) + " bytes left");
        }
        return (int) length;
    }

    private long argument(int minor) {
        if (minor < 24) {
            return minor;
        }
        if (minor > 27) {
            throw wrong("no length");
        }
        return number(1 << minor - 24);
    }

    private long number(int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | next();
        }
        return value;
    }

    private static Object unsigned(long value) {
        return value >= 0 ? (Object) value : (Object) toDouble(value);
    }

    private static double toDouble(long unsigned) {
        // The lowest bit is kept where it decides how the rest is rounded.
        return (double) (unsigned >>> 1 | unsigned & 1) * 2;
    }

    private static double half(int bits) {
        int exponent = bits >> 10 & 31;
        int fraction = bits & 0x3FF;
        double value;
        if (exponent == 31) {
            value = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            value = fraction * 0x1p-24;
        } else {
            value = Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
        }
        return (bits & 0x8000) == 0 ? value : -value;
    }

    private void enter() {
        if (++depth > DEEPEST) {
            throw wrong("more than " + DEEPEST + " levels");
        }
    }

    private int next() {
        if (at >= end) {
            throw wrong("the end");
        }
        return bytes[at++] & 0xFF;
    }

    private IllegalArgumentException wrong(String found) {
        return new IllegalArgumentException("byte " + (at - start) + ": " + found);
    }
}
