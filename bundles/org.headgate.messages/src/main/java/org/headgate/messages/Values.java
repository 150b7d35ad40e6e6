package org.headgate.messages;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.headgate.codec.JsonWriter;
import org.headgate.data.api.Type;
import org.headgate.device.api.Readings;

/** Values of messages to values of channels. */
final class Values {
    private static final int SHOWN = 40;
    /** Beyond it a double is no long. */
    private static final double MOST_LONG = 0x1p63;

    private Values() {}

    /** Gives a value to a channel, or says why it has none. */
    static void set(Field field, Object value, int index, Readings into) {
        Object meant = value;
        if (!field.words().isEmpty()) {
            String word = text(value).strip();
            meant = field.words().get(word);
            if (meant == null) {
                into.bad(index, "unknown word: " + printable(word));
                return;
            }
        }
        try {
            switch (field.channel().type()) {
                case BOOLEAN -> into.set(index, truth(meant));
                case LONG, DOUBLE -> number(field.channel().type(), meant, index, into);
                case STRING -> into.set(index, (Object) text(meant));
                case BYTES -> into.set(index, (Object) bytes(field, meant));
                default -> into.set(index, meant);
            }
        } catch (IllegalArgumentException unfit) {
            into.bad(index, expected(field.channel().type()) + printable(text(meant)));
        }
    }

    /** A value as text; what has members as JSON. */
    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Map<?, ?> || value instanceof List<?> || value instanceof Double) {
            return new JsonWriter().value(value).toString();
        }
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : String.valueOf(value);
    }

    /** Text of strangers, so that it can stand in one line. */
    static String printable(String text) {
        String start = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return start.isEmpty() ? "(empty)" : start.replaceAll("[^\\x20-\\x7E]", "?");
    }

    private static String expected(Type type) {
        return switch (type) {
            case BOOLEAN -> "no truth value: ";
            case BYTES -> "no bytes: ";
            default -> "no number: ";
        };
    }

    private static boolean truth(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return Numbers.truth(word(value));
    }

    private static void number(Type type, Object value, int index, Readings into) {
        if (value instanceof Boolean flag) {
            into.set(index, flag.booleanValue());
            return;
        }
        Number number = value instanceof Number some ? some : Numbers.parse(word(value));
        if (number instanceof Long whole) {
            into.set(index, whole.longValue());
            return;
        }
        double real = number.doubleValue();
        if (!Double.isFinite(real) || type == Type.LONG && Math.abs(real) >= MOST_LONG) {
            throw new IllegalArgumentException(text(value));
        }
        into.set(index, real);
    }

    private static byte[] bytes(Field field, Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        String text = word(value).strip();
        return switch (field.encoding()) {
            case "hex" -> HexFormat.of().parseHex(text);
            case "text" -> text.getBytes(StandardCharsets.UTF_8);
            // Both alphabets of RFC 4648; SenML demands the second one.
            default -> Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        };
    }

    private static String word(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(text(value));
    }
}
