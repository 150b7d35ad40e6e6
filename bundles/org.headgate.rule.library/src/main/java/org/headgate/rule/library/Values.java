package org.headgate.rule.library;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.codec.JsonWriter;
import org.headgate.rule.functions.Frame;

/** Boxed values: how they are written, compared and told apart. */
final class Values {
    /** So many elements an array has at most. */
    static final int MOST_ELEMENTS = 100_000;

    /** So many characters a text has at most. */
    static final int MOST_CHARACTERS = 1 << 20;

    /** Numbers before texts before everything else; numbers by size, the others by how they are written. */
    static final Comparator<Object> ORDER = Comparator.comparing(Values::rank)
            .thenComparing((a, b) -> rank(a) == 0 ? numbers(a, b) : text(a).compareTo(text(b)));

    private static final double EXACT = 1e15;
    private static final int SHOWN = 40;

    private Values() {}

    /** How a value is written inside of a text: numbers without an exponent, arrays and structs as JSON. */
    static String text(Object value) {
        if (value instanceof Double number) {
            double x = number;
            return x == Math.rint(x) && Math.abs(x) < EXACT
                    ? Long.toString((long) x)
                    : new BigDecimal(Double.toString(x)).stripTrailingZeros().toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return value instanceof List || value instanceof Map ? json(value) : String.valueOf(value);
    }

    static String json(Object value) {
        return new JsonWriter().value(value).toString();
    }

    /** A Long, or {@code null} where the value is no whole number of 64 bits. */
    static Long whole(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof Double number) {
            return isWhole(number) ? (Long) number.longValue() : null;
        }
        return value instanceof Number number ? (Long) number.longValue() : null;
    }

    static boolean isWhole(double x) {
        return x == Math.rint(x) && x >= -0x1p63 && x < 0x1p63;
    }

    /** What a value is told apart by in sets: equal numbers are the same, be they integers or not. */
    static Object key(Object value) {
        if (value instanceof Double number && isWhole(number)) {
            return number.longValue();
        }
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(element -> Optional.ofNullable(element).map(Values::key))
                    .toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> keys = new LinkedHashMap<>();
            map.forEach(
                    (name, member) -> keys.put(name, Optional.ofNullable(member).map(Values::key)));
            return keys;
        }
        return value;
    }

    static boolean same(Object a, Object b) {
        return a == null || b == null ? a == b : key(a).equals(key(b));
    }

    /** Fails: what was expected, and what there is. */
    static <T> T wrong(Frame frame, String expected, Object found) {
        String text = found instanceof String string ? "'" + string + "'" : text(found);
        frame.fail("expected " + expected + ", found "
                + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text));
        return null;
    }

    /** Fails, with the reason. */
    static <T> T failed(Frame frame, String why) {
        frame.fail(why);
        return null;
    }

    private static int rank(Object value) {
        return value instanceof Number ? 0 : value instanceof String ? 1 : 2;
    }

    static int numbers(Object a, Object b) {
        return a instanceof Long x && b instanceof Long y
                ? Long.compare(x, y)
                : Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue());
    }
}
