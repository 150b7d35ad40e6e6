package org.headgate.rule.library;

import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Frame;

/** What an argument has to be. The type is judged when a rule is compiled; of a value of any type, the value itself when it is there. */
enum Kind {
    /** Anything. */
    ANY("a value"),
    /** A text; a number, a boolean or bytes are written out, as eKuiper does. */
    TEXT("a text"),
    /** A number. */
    NUMBER("a number"),
    /** An integer, or a floating-point number without a fraction. */
    WHOLE("a whole number"),
    /** True or false. */
    FLAG("a condition"),
    /** A list. */
    ARRAY("an array"),
    /** A map from names to values. */
    STRUCT("a struct"),
    /** Milliseconds since the epoch, or a text that says when. */
    TIME("a time");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    boolean takes(Type type) {
        if (type == Type.ANY || this == ANY) {
            return true;
        }
        return switch (this) {
            case TEXT -> type != Type.ARRAY && type != Type.STRUCT;
            case NUMBER, WHOLE -> type == Type.LONG || type == Type.DOUBLE;
            case FLAG -> type == Type.BOOLEAN;
            case ARRAY -> type == Type.ARRAY;
            case STRUCT -> type == Type.STRUCT;
            case TIME -> type == Type.LONG || type == Type.DOUBLE || type == Type.STRING;
            case ANY -> true;
        };
    }

    /** The value as String, Double, Long, Boolean, List or Map; {@code null}, and a failure, where it is something else. */
    Object convert(Frame frame, Object value) {
        Object converted = switch (this) {
            case ANY -> value;
            case TEXT -> value instanceof List || value instanceof Map ? null : Values.text(value);
            case NUMBER -> value instanceof Number number ? (Object) number.doubleValue() : null;
            case WHOLE -> Values.whole(value);
            case FLAG -> value instanceof Boolean ? value : null;
            case ARRAY -> value instanceof List ? value : null;
            case STRUCT -> value instanceof Map ? value : null;
            case TIME -> value instanceof Number || value instanceof String ? value : null;
        };
        return converted == null ? Values.wrong(frame, words, value) : converted;
    }
}
