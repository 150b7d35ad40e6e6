package org.headgate.rule.table;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.headgate.data.api.Type;

/** Types of values in files. */
final class Values {
    /** No zero in front: {@code 007} is a number of somebody, and its zeros are part of it. */
    private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?");

    private Values() {}

    /** The narrowest type of a text. */
    static Type typeOf(String text) {
        if (WHOLE.matcher(text).matches()) {
            return Type.LONG;
        }
        if (isNumber(text)) {
            return Type.DOUBLE;
        }
        return text.equals("true") || text.equals("false") ? Type.BOOLEAN : Type.STRING;
    }

    /** The type of a value of JSON. */
    static Type typeOf(Object value) {
        if (value instanceof Boolean) {
            return Type.BOOLEAN;
        }
        if (value instanceof Number) {
            return value instanceof Long ? Type.LONG : Type.DOUBLE;
        }
        if (value instanceof String) {
            return Type.STRING;
        }
        return value instanceof List ? Type.ARRAY : Type.STRUCT;
    }

    /** A text as a value of a type; {@code null} when it is none. */
    static Object parse(Type type, String text) {
        return switch (type) {
            case BOOLEAN -> text.equals("true") || text.equals("false") ? (Object) text.equals("true") : null;
            case LONG -> WHOLE.matcher(text).matches() ? (Object) Long.parseLong(text) : null;
            case DOUBLE -> isNumber(text) ? (Object) Double.parseDouble(text) : null;
            case STRING, ANY -> text;
            case BYTES -> bytes(text);
            case ARRAY, STRUCT -> null;
        };
    }

    /** A value of JSON as one of a type; {@code null} when it is none. */
    static Object fit(Type type, Object value) {
        return switch (type) {
            case BOOLEAN -> value instanceof Boolean ? value : null;
            case LONG -> value instanceof Long ? value : whole(value);
            case DOUBLE -> value instanceof Number number ? (Object) number.doubleValue() : null;
            case STRING -> value instanceof String ? value : null;
            case BYTES -> value instanceof String text ? bytes(text) : null;
            case ARRAY -> value instanceof List ? value : null;
            case STRUCT -> value instanceof Map ? value : null;
            case ANY -> value;
        };
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches() && Double.isFinite(Double.parseDouble(text));
    }

    private static Object whole(Object value) {
        boolean exact = value instanceof Double number && Math.rint(number) == number && Math.abs(number) < 1L << 53;
        return exact ? (Object) ((Double) value).longValue() : null;
    }

    private static Object bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }
}
