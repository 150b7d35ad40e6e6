package org.headgate.console.api;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.codec.JsonWriter;

/** One JSON object (RFC 8259), built key by key in order; prints itself on one line. */
public final class Json {
    private final Map<String, Object> members = new LinkedHashMap<>();

    /** Adds a member: a text, number, boolean, null, {@code Json}, Map, Iterable or Optional; others as their text. */
    public Json put(String key, Object value) {
        members.put(key, plain(value));
        return this;
    }

    @Override
    public String toString() {
        return text(members);
    }

    /** Any value as JSON. A number that JSON does not have (NaN, infinity) is null. */
    public static String text(Object value) {
        return new JsonWriter().value(plain(value)).toString();
    }

    /** What the writer knows: maps, lists and simple values. */
    private static Object plain(Object value) {
        if (value instanceof Json json) {
            return json.members;
        }
        if (value instanceof Optional<?> optional) {
            return plain(optional.orElse(null));
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, member) -> plain.put(String.valueOf(key), plain(member)));
            return plain;
        }
        if (value instanceof Path path) {
            // A path is an Iterable of paths, which are so in turn.
            return path.toString();
        }
        if (value instanceof Iterable<?> values) {
            List<Object> plain = new ArrayList<>();
            values.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        return value;
    }
}
