package org.headgate.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;

/**
 * Rows and schemas as bytes. A row: {@code varint (schema << 3 | allGood << 2 | clock)}, {@code zigzag} of the distance
 * in time to the row before, two bits of quality a column unless all are GOOD, then the values that exist. The numbers of
 * types, qualities and clock states are written here once and for all: the order of an enum may change, files may not.
 */
public final class RowCodec {
    private static final List<Type> TYPES =
            List.of(Type.BOOLEAN, Type.LONG, Type.DOUBLE, Type.STRING, Type.BYTES, Type.ARRAY, Type.STRUCT, Type.ANY);
    private static final List<Quality> QUALITIES =
            List.of(Quality.GOOD, Quality.UNCERTAIN, Quality.BAD, Quality.ABSENT);
    private static final List<ClockState> CLOCKS = List.of(ClockState.SYNCED, ClockState.UNSET, ClockState.STEPPED);
    private static final int NULL = 7;
    private static final int DEPTH = 32;

    private RowCodec() {}

    /** Appends a schema. */
    public static void putSchema(ByteOutput out, Schema schema) {
        out.putVarint(schema.size());
        for (Column column : schema.columns()) {
            out.putText(column.name());
            out.putByte(TYPES.indexOf(column.type()));
            out.putText(column.unit());
        }
    }

    /** Reads a schema. */
    public static Schema getSchema(ByteInput in) {
        List<Column> columns = new ArrayList<>();
        for (int left = in.getCount(); left > 0; left--) {
            columns.add(new Column(in.getText(), TYPES.get(in.getByte()), in.getText()));
        }
        return Schema.of(columns);
    }

    /**
     * Appends a row.
     *
     * @param schemaIndex the number by which the reader finds its schema
     * @param previousNanos the time of the row before, 0 for none
     */
    public static void putRow(ByteOutput out, Row row, int schemaIndex, long previousNanos) {
        int size = row.schema().size();
        boolean allGood = true;
        for (int i = 0; i < size; i++) {
            allGood &= row.quality(i) == Quality.GOOD;
        }
        out.putVarint((long) schemaIndex << 3 | (allGood ? 4 : 0) | CLOCKS.indexOf(row.clock()));
        out.putZigzag(row.timeNanos() - previousNanos);
        if (!allGood) {
            putQualities(out, row, size);
        }
        for (int i = 0; i < size; i++) {
            if (!row.isNull(i)) {
                switch (row.schema().type(i)) {
                    case BOOLEAN -> out.putByte((int) row.bits(i));
                    case LONG -> out.putZigzag(row.bits(i));
                    case DOUBLE -> out.putDouble(row.asDouble(i));
                    default -> putValue(out, row.object(i), DEPTH);
                }
            }
        }
    }

    /**
     * Reads a row.
     *
     * @param schemas the schemas by their number
     * @param previousNanos the time of the row before, 0 for none
     */
    public static Row getRow(ByteInput in, List<Schema> schemas, long previousNanos) {
        long head = in.getVarint();
        Schema schema = schemas.get((int) (head >>> 3));
        long timeNanos = previousNanos + in.getZigzag();
        boolean allGood = (head & 4) != 0;
        int[] qualities = new int[schema.size()];
        for (int i = 0, packed = 0; i < qualities.length && !allGood; i++) {
            packed = i % 4 == 0 ? in.getByte() : packed >>> 2;
            qualities[i] = packed & 3;
        }
        RowBuilder row = Row.builder(schema);
        for (int i = 0; i < qualities.length; i++) {
            switch (QUALITIES.get(qualities[i])) {
                case GOOD -> getColumn(in, row, i);
                case UNCERTAIN -> getColumn(in, row, i).uncertain(i);
                case BAD -> row.bad(i);
                case ABSENT -> {}
            }
        }
        return row.build(timeNanos, CLOCKS.get((int) head & 3));
    }

    private static void putQualities(ByteOutput out, Row row, int size) {
        for (int i = 0; i < size; i += 4) {
            int packed = 0;
            for (int j = i; j < Math.min(size, i + 4); j++) {
                packed |= QUALITIES.indexOf(row.quality(j)) << (j - i) * 2;
            }
            out.putByte(packed);
        }
    }

    private static RowBuilder getColumn(ByteInput in, RowBuilder row, int column) {
        return switch (row.schema().type(column)) {
            case BOOLEAN -> row.set(column, in.getByte() != 0);
            case LONG -> row.set(column, in.getZigzag());
            case DOUBLE -> row.set(column, in.getDouble());
            default -> row.set(column, getValue(in, DEPTH));
        };
    }

    /** Appends a boxed value: Boolean, Long, Double, String, byte[], List, Map or null, nested 32 deep at most. */
    public static void putValue(ByteOutput out, Object value) {
        putValue(out, value, DEPTH);
    }

    /** Reads a boxed value. */
    public static Object getValue(ByteInput in) {
        return getValue(in, DEPTH);
    }

    private static void putValue(ByteOutput out, Object value, int depth) {
        if (depth == 0) {
            throw new IllegalArgumentException("values nested deeper than " + DEPTH);
        }
        if (value == null) {
            out.putByte(NULL);
        } else if (value instanceof Boolean flag) {
            out.putByte(0);
            out.putByte(flag ? 1 : 0);
        } else if (value instanceof Double || value instanceof Float) {
            out.putByte(2);
            out.putDouble(((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            out.putByte(1);
            out.putZigzag(number.longValue());
        } else if (value instanceof byte[] bytes) {
            out.putByte(4);
            out.putBytes(bytes);
        } else if (value instanceof List<?> list) {
            out.putByte(5);
            out.putVarint(list.size());
            list.forEach(item -> putValue(out, item, depth - 1));
        } else if (value instanceof Map<?, ?> map) {
            out.putByte(6);
            out.putVarint(map.size());
            map.forEach((key, item) -> {
                out.putText(String.valueOf(key));
                putValue(out, item, depth - 1);
            });
        } else {
            out.putByte(3);
            out.putText(value.toString());
        }
    }

    private static Object getValue(ByteInput in, int depth) {
        int tag = in.getByte();
        if (depth == 0) {
            throw new IllegalArgumentException("values nested deeper than " + DEPTH);
        }
        return switch (tag) {
            case 0 -> in.getByte() != 0;
            case 1 -> in.getZigzag();
            case 2 -> in.getDouble();
            case 3 -> in.getText();
            case 4 -> in.getBytes();
            case 5 -> {
                List<Object> list = new ArrayList<>();
                for (int left = in.getCount(); left > 0; left--) {
                    list.add(getValue(in, depth - 1));
                }
                yield list;
            }
            case 6 -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int left = in.getCount(); left > 0; left--) {
                    map.put(in.getText(), getValue(in, depth - 1));
                }
                yield map;
            }
            case NULL -> null;
            default -> throw new IllegalArgumentException("a value of the unknown kind " + tag);
        };
    }
}
