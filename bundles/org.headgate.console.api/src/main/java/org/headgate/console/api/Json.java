package org.headgate.console.api;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One JSON object (RFC 8259), built key by key in order; prints itself on one line. */
public final class Json {
    private final Map<String, Object> members = new LinkedHashMap<>();

    /** Adds a member: a text, number, boolean, null, {@code Json}, Map, Iterable, Optional or array of objects. */
    public Json put(String key, Object value) {
        members.put(key, value);
        return this;
    }

    @Override
    public String toString() {
        return text(members);
    }

    /** Any value as JSON. A number that JSON does not have (NaN, infinity) is null; other objects are their text. */
    public static String text(Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value);
        return out.toString();
    }

    private static void append(StringBuilder out, Object value) {
        if (value == null || value instanceof Optional<?> optional && optional.isEmpty()) {
            out.append("null");
        } else if (value instanceof Optional<?> optional) {
            append(out, optional.get());
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            out.append(Double.isFinite(number) ? value.toString() : "null");
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Json json) {
            append(out, json.members);
        } else if (value instanceof Map<?, ?> map) {
            out.append('{');
            String comma = "";
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.append(comma);
                string(out, String.valueOf(member.getKey()));
                out.append(':');
                append(out, member.getValue());
                comma = ",";
            }
            out.append('}');
        } else if (value instanceof Iterable<?> values) {
            array(out, values);
        } else if (value instanceof Object[] values) {
            array(out, Arrays.asList(values));
        } else {
            string(out, value.toString());
        }
    }

    private static void array(StringBuilder out, Iterable<?> values) {
        out.append('[');
        String comma = "";
        for (Object value : values) {
            out.append(comma);
            append(out, value);
            comma = ",";
        }
        out.append(']');
    }

    /** RFC 8259 clause 7: quotation mark, reverse solidus and the control characters are escaped. */
    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c < 0x20 || c == 0x7f || Character.isSurrogate(c) && !paired(text, i)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
