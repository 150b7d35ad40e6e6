package org.headgate.data.api;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Makes one row. Every value starts ABSENT; setting a value makes it GOOD. After {@link #build} the builder is
 * exhausted: its arrays belong to the row, so that nothing is copied.
 */
public final class RowBuilder {
    static final Quality[] QUALITIES = Quality.values();
    static final byte UNCERTAIN = (byte) Quality.UNCERTAIN.ordinal();
    private static final byte ABSENT = (byte) Quality.ABSENT.ordinal();

    private final Schema schema;
    private long[] numbers;
    private Object[] objects;
    private byte[] qualities;

    RowBuilder(Schema schema) {
        this.schema = schema;
        this.numbers = new long[schema.size()];
        this.qualities = new byte[schema.size()];
        Arrays.fill(qualities, ABSENT);
    }

    /** The schema of the row to be. */
    public Schema schema() {
        return schema;
    }

    /** Sets a BOOLEAN column. */
    public RowBuilder set(int column, boolean value) {
        expect(column, Type.BOOLEAN);
        return good(column, value ? 1 : 0);
    }

    /** Sets a LONG column, or a DOUBLE one with the nearest double. */
    public RowBuilder set(int column, long value) {
        if (schema.type(column) == Type.DOUBLE) {
            return set(column, (double) value);
        }
        expect(column, Type.LONG);
        return good(column, value);
    }

    /** Sets a DOUBLE column; NaN and the infinities are BAD, because no format downstream can say them. */
    public RowBuilder set(int column, double value) {
        expect(column, Type.DOUBLE);
        if (!Double.isFinite(value)) {
            return bad(column);
        }
        return good(column, Double.doubleToRawLongBits(value));
    }

    /** Sets a column of any type with a boxed value of that type. */
    public RowBuilder set(int column, Object value) {
        Type type = schema.type(column);
        if (type == Type.ANY) {
            return setAny(column, value);
        }
        if (value instanceof Boolean flag) {
            return set(column, flag.booleanValue());
        }
        if (value instanceof Double || value instanceof Float) {
            return set(column, ((Number) value).doubleValue());
        }
        if (value instanceof Number number) {
            return set(column, number.longValue());
        }
        boolean fits = switch (type) {
            case STRING -> value instanceof String;
            case BYTES -> value instanceof byte[];
            case ARRAY -> value instanceof List;
            case STRUCT -> value instanceof Map;
            default -> false;
        };
        if (!fits) {
            throw new IllegalArgumentException(schema.column(column).name() + " is " + type + ", not a "
                    + (value == null ? "null" : value.getClass().getSimpleName()));
        }
        return goodObject(column, value);
    }

    /** Copies a value and its quality from a column of the same type in another row. */
    public RowBuilder copy(int column, Row from, int fromColumn) {
        Quality quality = from.quality(fromColumn);
        if (quality.hasValue()) {
            if (schema.type(column).isNumeric()) {
                expect(column, from.schema().type(fromColumn));
                numbers[column] = from.bits(fromColumn);
            } else {
                set(column, from.object(fromColumn));
            }
        }
        qualities[column] = (byte) quality.ordinal();
        return this;
    }

    /** Sets a numeric column of the schema's type by its 64 bits, as {@link Row#bits} gives them. */
    public RowBuilder setBits(int column, long bits) {
        return schema.type(column) == Type.DOUBLE ? set(column, Double.longBitsToDouble(bits)) : good(column, bits);
    }

    /** Marks a value that was set as doubtful. */
    public RowBuilder uncertain(int column) {
        if (qualities[column] == 0) {
            qualities[column] = UNCERTAIN;
        }
        return this;
    }

    /** Marks a value as failed: it does not exist. */
    public RowBuilder bad(int column) {
        qualities[column] = (byte) Quality.BAD.ordinal();
        return this;
    }

    /** Whether any value of the row exists or is BAD, that is, whether anything was sampled. */
    public boolean isEmpty() {
        for (byte quality : qualities) {
            if (quality != ABSENT) {
                return false;
            }
        }
        return true;
    }

    /**
     * The row; the builder must not be used afterwards.
     *
     * @param timeNanos the time of the measurement, in nanoseconds since the epoch
     * @param clock the state of the clock at that time
     */
    public Row build(long timeNanos, ClockState clock) {
        Row row = new Row(schema, timeNanos, clock, numbers, objects, qualities);
        numbers = null;
        objects = null;
        qualities = null;
        return row;
    }

    private RowBuilder good(int column, long bits) {
        numbers[column] = bits;
        qualities[column] = 0;
        return this;
    }

    private RowBuilder setAny(int column, Object value) {
        if (value instanceof Float || value instanceof Double) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? goodObject(column, number) : bad(column);
        }
        boolean fits = value instanceof Boolean
                || value instanceof Number
                || value instanceof String
                || value instanceof byte[]
                || value instanceof List
                || value instanceof Map;
        if (!fits) {
            throw new IllegalArgumentException(schema.column(column).name() + " takes no "
                    + (value == null ? "null" : value.getClass().getSimpleName()));
        }
        return goodObject(column, value instanceof Number number ? (Object) number.longValue() : value);
    }

    private RowBuilder goodObject(int column, Object value) {
        if (objects == null) {
            objects = new Object[schema.size()];
        }
        objects[column] = value;
        qualities[column] = 0;
        return this;
    }

    private void expect(int column, Type type) {
        if (schema.type(column) != type) {
            throw new IllegalArgumentException(
                    schema.column(column).name() + " is " + schema.type(column) + ", not " + type);
        }
    }
}
