package org.headgate.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * Writes JSON (RFC 8259) as UTF-8 into a growing buffer, without blanks. Commas are its own business; that objects and
 * arrays are closed and that names stand in objects is the caller's. Integers are exact; doubles are written with the
 * fewest digits that read back as the same double, where they have at most 15, else as Java does; NaN and the infinities,
 * which JSON cannot say, as null.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final double[] POWERS = new double[16];
    private static final long MOST_DIGITS = 1_000_000_000_000_000L;

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private byte[] bytes = new byte[1024];
    private int size;
    private boolean comma;

    /** Begins an object. */
    public JsonWriter beginObject() {
        return begin('{');
    }

    /** Ends an object. */
    public JsonWriter endObject() {
        return end('}');
    }

    /** Begins an array. */
    public JsonWriter beginArray() {
        return begin('[');
    }

    /** Ends an array. */
    public JsonWriter endArray() {
        return end(']');
    }

    /** Writes the name of a member; its value comes next. */
    public JsonWriter name(String name) {
        separate();
        quoted(name);
        put(':');
        comma = false;
        return this;
    }

    /** Writes an integer. */
    public JsonWriter value(long value) {
        separate();
        digits(value);
        return this;
    }

    /** Writes a number; null where JSON has none. */
    public JsonWriter value(double value) {
        separate();
        if (Double.isFinite(value)) {
            decimal(value);
        } else {
            ascii("null");
        }
        return this;
    }

    /**
     * Writes a decimal number exactly, without zeros at its end.
     *
     * @param unscaled its digits
     * @param places how many of them stand behind the point, from 0 to 15
     */
    public JsonWriter fixed(long unscaled, int places) {
        separate();
        long digits = unscaled;
        int behind = places;
        for (; behind > 0 && digits % 10 == 0; behind--) {
            digits /= 10;
        }
        scaled(digits, behind);
        return this;
    }

    /** Writes true or false. */
    public JsonWriter value(boolean value) {
        separate();
        ascii(value ? "true" : "false");
        return this;
    }

    /** Writes a text. Half of a surrogate pair becomes U+FFFD, because UTF-8 has no bytes for it. */
    public JsonWriter value(String value) {
        separate();
        quoted(value);
        return this;
    }

    /** Writes null. */
    public JsonWriter nullValue() {
        separate();
        ascii("null");
        return this;
    }

    /** Writes a boxed value: numbers, texts, booleans, null, maps, lists; bytes as Base64; anything else by its toString. */
    public JsonWriter value(Object value) {
        if (value == null) {
            return nullValue();
        } else if (value instanceof Boolean flag) {
            return value(flag.booleanValue());
        } else if (value instanceof Double || value instanceof Float) {
            return value(((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            return value(number.longValue());
        } else if (value instanceof byte[] binary) {
            return value(Base64.getEncoder().encodeToString(binary));
        } else if (value instanceof Map<?, ?> map) {
            beginObject();
            map.forEach((key, member) -> name(String.valueOf(key)).value(member));
            return endObject();
        } else if (value instanceof Iterable<?> list) {
            beginArray();
            list.forEach(this::value);
            return endArray();
        }
        return value(value.toString());
    }

    /** What was written so far. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** What was written so far, as text. */
    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private JsonWriter begin(char bracket) {
        separate();
        put(bracket);
        comma = false;
        return this;
    }

    private JsonWriter end(char bracket) {
        put(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            put(',');
        }
        comma = true;
    }

    private void decimal(double value) {
        if (value == 0 && 1 / value < 0) {
            ascii("-0.0");
            return;
        }
        for (int places = 0; places < POWERS.length; places++) {
            double scaled = Math.rint(value * POWERS[places]);
            if (Math.abs(scaled) >= MOST_DIGITS) {
                break;
            }
            // Both operands are exact, so the division rounds as a parser does: equal means that it reads back the
            // same.
            if (scaled / POWERS[places] == value) {
                scaled((long) scaled, places);
                return;
            }
        }
        // SenML demands that the e of an exponent is a small one (RFC 8428, 5); no other reader minds.
        ascii(Double.toString(value).replace('E', 'e'));
    }

    private void scaled(long value, int places) {
        if (places == 0) {
            digits(value);
            return;
        }
        long unit = (long) POWERS[places];
        if (value < 0) {
            put('-');
        }
        long positive = Math.abs(value);
        digits(positive / unit);
        put('.');
        long rest = positive % unit;
        for (long place = unit / 10; place > 0; place /= 10) {
            put((char) ('0' + rest / place % 10));
        }
    }

    private void digits(long value) {
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                ascii("-9223372036854775808");
                return;
            }
            put('-');
            digits(-value);
            return;
        }
        room(20);
        int count = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            count++;
        }
        long rest = value;
        for (int at = size + count - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += count;
    }

    private void quoted(String text) {
        room(text.length() * 6 + 2);
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                put('\\');
                put(c);
            } else if (c < ' ') {
                ascii("\\u00");
                bytes[size++] = HEX[c >> 4];
                bytes[size++] = HEX[c & 15];
            } else if (c < 0x80) {
                bytes[size++] = (byte) c;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                utf8(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                utf8(Character.isSurrogate(c) ? 0xFFFD : c);
            }
        }
        put('"');
    }

    private void utf8(int point) {
        if (point < 0x800) {
            bytes[size++] = (byte) (0xC0 | point >> 6);
        } else if (point < 0x10000) {
            bytes[size++] = (byte) (0xE0 | point >> 12);
            bytes[size++] = (byte) (0x80 | point >> 6 & 0x3F);
        } else {
            bytes[size++] = (byte) (0xF0 | point >> 18);
            bytes[size++] = (byte) (0x80 | point >> 12 & 0x3F);
            bytes[size++] = (byte) (0x80 | point >> 6 & 0x3F);
        }
        bytes[size++] = (byte) (0x80 | point & 0x3F);
    }

    private void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    private void put(char c) {
        room(1);
        bytes[size++] = (byte) c;
    }

    private void room(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
        }
    }
}
