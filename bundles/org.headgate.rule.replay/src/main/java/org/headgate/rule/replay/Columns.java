package org.headgate.rule.replay;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;

/**
 * Makes rows of one stream of a recording: with the types of a definition, or with those that were found by looking at all of its rows. In the latter
 * every number is a DOUBLE, as in LF Edge eKuiper; a column in which types differ is ANY.
 */
final class Columns {
    private final Schema schema;
    private final boolean defined;
    private long misfits;
    private String firstMisfit = "";

    Columns(Schema schema, boolean defined) {
        this.schema = schema;
        this.defined = defined;
    }

    /** Looks at the values of a row: their types are added to those that are known. */
    static void look(Map<String, Object> data, LinkedHashMap<String, Type> types) {
        data.forEach((name, value) -> {
            Type known = types.get(name);
            if (value != null) {
                Type type = type(value);
                types.put(name, known == null || known == type ? type : Type.ANY);
            } else if (known == null) {
                types.put(name, null);
            }
        });
    }

    /** The columns that were looked at, in the order in which they appeared. One that never had a value is ANY. */
    static Columns found(LinkedHashMap<String, Type> types) {
        List<Column> columns = types.entrySet().stream()
                .map(entry -> Column.of(entry.getKey(), entry.getValue() == null ? Type.ANY : entry.getValue()))
                .toList();
        return new Columns(Schema.of(columns), false);
    }

    /** The same columns for values of any type. */
    Columns loose() {
        return new Columns(
                Schema.of(schema.columns().stream()
                        .map(column -> Column.of(column.name(), Type.ANY))
                        .toList()),
                false);
    }

    Schema schema() {
        return schema;
    }

    /** How many values had not the type that the definition says; they are BAD. */
    long misfits() {
        return misfits;
    }

    /** The first of them, for a person. */
    String firstMisfit() {
        return firstMisfit;
    }

    /** A row; values of columns that are not known are left aside. */
    Row row(Map<String, Object> data, long timeNanos, long line) {
        RowBuilder row = Row.builder(schema);
        data.forEach((name, value) -> {
            int column = schema.indexOf(name);
            if (column >= 0 && value != null) {
                Object fitting = defined ? fitting(schema.type(column), value) : number(value);
                if (fitting == null) {
                    row.bad(column);
                    if (misfits++ == 0) {
                        firstMisfit = "line " + line + ": " + name + " is no "
                                + schema.type(column).name().toLowerCase(Locale.ROOT);
                    }
                } else {
                    row.set(column, fitting);
                }
            }
        });
        return row.build(timeNanos, ClockState.SYNCED);
    }

    private static Type type(Object value) {
        if (value instanceof Boolean) {
            return Type.BOOLEAN;
        } else if (value instanceof Number) {
            return Type.DOUBLE;
        } else if (value instanceof String) {
            return Type.STRING;
        }
        return value instanceof List ? Type.ARRAY : Type.STRUCT;
    }

    /** Without a definition a number is a DOUBLE, wherever it stands. The reader's lists and maps belong to nobody else. */
    @SuppressWarnings("unchecked")
    private static Object number(Object value) {
        if (value instanceof Long whole) {
            return whole.doubleValue();
        } else if (value instanceof List<?> list) {
            ((List<Object>) list).replaceAll(Columns::number);
        } else if (value instanceof Map<?, ?> map) {
            ((Map<String, Object>) map).replaceAll((name, member) -> number(member));
        }
        return value;
    }

    /** The value in the type of its column; {@code null} where it has another. */
    private static Object fitting(Type type, Object value) {
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
