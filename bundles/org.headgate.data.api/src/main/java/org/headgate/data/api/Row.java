package org.headgate.data.api;

/**
 * The values of one stream at one instant. Immutable. Numbers and booleans are kept unboxed; a column is found by its
 * index in the {@link #schema()}. A value that does not exist (BAD or ABSENT) reads as 0, false or, from
 * {@link #object}, as {@code null} inside of Headgate's own code: ask {@link #isNull} first.
 */
public final class Row {
    private final Schema schema;
    private final long timeNanos;
    private final ClockState clock;
    private final long[] numbers;
    private final Object[] objects;
    private final byte[] qualities;

    Row(Schema schema, long timeNanos, ClockState clock, long[] numbers, Object[] objects, byte[] qualities) {
        this.schema = schema;
        this.timeNanos = timeNanos;
        this.clock = clock;
        this.numbers = numbers;
        this.objects = objects;
        this.qualities = qualities;
    }

    /** A builder of one row of this schema; every value is ABSENT until it is set. */
    public static RowBuilder builder(Schema schema) {
        return new RowBuilder(schema);
    }

    /** The row's columns. */
    public Schema schema() {
        return schema;
    }

    /** The time of the measurement, in nanoseconds since 1970-01-01T00:00:00Z. */
    public long timeNanos() {
        return timeNanos;
    }

    /** The state of the clock when the row was made. */
    public ClockState clock() {
        return clock;
    }

    /** The quality of the value in a column. */
    public Quality quality(int column) {
        return RowBuilder.QUALITIES[qualities[column]];
    }

    /** Whether a column has no value (BAD or ABSENT). */
    public boolean isNull(int column) {
        return qualities[column] > RowBuilder.UNCERTAIN;
    }

    /** The value of a BOOLEAN column. */
    public boolean asBoolean(int column) {
        return numbers[column] != 0;
    }

    /** The value of a LONG column (1 or 0 for a BOOLEAN one). */
    public long asLong(int column) {
        return schema.type(column) == Type.DOUBLE ? (long) Double.longBitsToDouble(numbers[column]) : numbers[column];
    }

    /** The value of a DOUBLE column, or of a LONG or BOOLEAN one converted. */
    public double asDouble(int column) {
        return schema.type(column) == Type.DOUBLE ? Double.longBitsToDouble(numbers[column]) : numbers[column];
    }

    /** The 64 bits behind a numeric column: the long itself, 0 or 1, or the double's bits. */
    public long bits(int column) {
        return numbers[column];
    }

    /** The value of a STRING column; {@code null} where there is none. */
    public String asString(int column) {
        return isNull(column) ? null : (String) objects[column];
    }

    /** The value of any column, boxed: for display and for storage, not for the hot path; {@code null} where there is none. */
    public Object object(int column) {
        if (isNull(column)) {
            return null;
        }
        return switch (schema.type(column)) {
            case BOOLEAN -> numbers[column] != 0;
            case LONG -> numbers[column];
            case DOUBLE -> Double.longBitsToDouble(numbers[column]);
            default -> objects[column];
        };
    }

    /** The same values at another time: for the correction of times from before the clock was set. */
    public Row at(long otherTimeNanos, ClockState otherClock) {
        return new Row(schema, otherTimeNanos, otherClock, numbers, objects, qualities);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Row[").append(timeNanos);
        for (int i = 0; i < schema.size(); i++) {
            text.append(' ').append(schema.column(i).name()).append('=');
            text.append(isNull(i) ? quality(i) : object(i));
        }
        return text.append(']').toString();
    }
}
