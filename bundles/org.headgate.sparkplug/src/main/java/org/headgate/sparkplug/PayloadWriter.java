package org.headgate.sparkplug;

import java.util.Map;
import java.util.OptionalLong;
import org.headgate.codec.JsonWriter;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.sparkplug.Metric.Property;

/** Writes one payload (Sparkplug 3.0, 6.4.1): its time first, metrics as they come, its number last. */
public final class PayloadWriter {
    /** The property of a value from before the gateway's clock was set: {@code unset}. */
    public static final String CLOCK = "Clock";

    private final ProtoWriter out = new ProtoWriter();
    private int metrics;

    /** A payload that is published at this time, in milliseconds since the epoch. */
    public PayloadWriter(long millis) {
        out.varint(Field.PAYLOAD_TIMESTAMP, millis);
    }

    /** How many metrics there are. */
    public int metrics() {
        return metrics;
    }

    /**
     * A column's value, of a metric that was born with this alias. An ABSENT one says nothing. A BAD one is null; an UNCERTAIN one is
     * there and counts as stale, for the standard knows no doubtful value but one that is not current (6.4.9.1).
     */
    public void value(long alias, Row row, int column, boolean historical) {
        Quality quality = row.quality(column);
        if (quality == Quality.ABSENT) {
            return;
        }
        metrics++;
        out.begin(Field.PAYLOAD_METRIC);
        out.varint(Field.METRIC_ALIAS, alias);
        out.varint(Field.METRIC_TIMESTAMP, Math.floorDiv(row.timeNanos(), 1_000_000));
        if (historical) {
            out.bool(Field.METRIC_HISTORICAL, true);
        }
        if (quality == Quality.BAD) {
            out.bool(Field.METRIC_NULL, true);
        }
        qualities(quality, row.clock());
        if (quality != Quality.BAD) {
            value(row, column);
        }
        out.end();
    }

    private void qualities(Quality quality, ClockState clock) {
        boolean unset = clock == ClockState.UNSET;
        if (quality == Quality.GOOD && !unset) {
            return;
        }
        out.begin(Field.METRIC_PROPERTIES);
        if (quality != Quality.GOOD) {
            out.string(Field.SET_KEY, Metric.QUALITY);
        }
        if (unset) {
            out.string(Field.SET_KEY, CLOCK);
        }
        if (quality != Quality.GOOD) {
            property(Property.quality(quality == Quality.BAD ? Metric.BAD : Metric.STALE));
        }
        if (unset) {
            property(Property.of(DataType.STRING, "unset"));
        }
        out.end();
    }

    private void value(Row row, int column) {
        switch (row.schema().type(column)) {
            case BOOLEAN -> out.bool(Field.METRIC_VALUE + Field.BOOLEAN, row.asBoolean(column));
            case LONG -> out.varint(Field.METRIC_VALUE + Field.LONG, row.asLong(column));
            case DOUBLE -> out.fixed64(Field.METRIC_VALUE + Field.DOUBLE, row.asDouble(column));
            default -> any(Field.METRIC_VALUE, boxed(row, column));
        }
    }

    /** A column's value as a metric has it: texts and bytes as they are, what Sparkplug has no type for as JSON. */
    public static Object boxed(Row row, int column) {
        return switch (row.schema().type(column)) {
            case ARRAY, STRUCT, ANY ->
                new JsonWriter().value(row.object(column)).toString();
            default -> row.object(column);
        };
    }

    /** A metric as it is. */
    public PayloadWriter metric(Metric metric) {
        metrics++;
        out.begin(Field.PAYLOAD_METRIC);
        if (!metric.name().isEmpty()) {
            out.string(Field.METRIC_NAME, metric.name());
        }
        optional(Field.METRIC_ALIAS, metric.alias());
        optional(Field.METRIC_TIMESTAMP, metric.millis());
        if (metric.datatype() != 0) {
            out.varint(Field.METRIC_DATATYPE, metric.datatype());
        }
        if (metric.historical()) {
            out.bool(Field.METRIC_HISTORICAL, true);
        }
        if (metric.isNull()) {
            out.bool(Field.METRIC_NULL, true);
        }
        if (!metric.properties().isEmpty()) {
            properties(metric.properties());
        }
        metric.value().ifPresent(value -> any(Field.METRIC_VALUE, value));
        out.end();
        return this;
    }

    private void properties(Map<String, Property> properties) {
        out.begin(Field.METRIC_PROPERTIES);
        properties.keySet().forEach(key -> out.string(Field.SET_KEY, key));
        properties.values().forEach(this::property);
        out.end();
    }

    private void property(Property property) {
        out.begin(Field.SET_VALUE);
        out.varint(Field.PROPERTY_TYPE, property.type());
        property.value().ifPresent(value -> any(Field.PROPERTY_VALUE, value));
        out.end();
    }

    private void optional(int field, OptionalLong value) {
        if (value.isPresent()) {
            out.varint(field, value.getAsLong());
        }
    }

    private void any(int first, Object value) {
        if (value instanceof Integer number) {
            out.varint(first + Field.INT, Integer.toUnsignedLong(number));
        } else if (value instanceof Long number) {
            out.varint(first + Field.LONG, number);
        } else if (value instanceof Float number) {
            out.fixed32(first + Field.FLOAT, number);
        } else if (value instanceof Double number) {
            out.fixed64(first + Field.DOUBLE, number);
        } else if (value instanceof Boolean flag) {
            out.bool(first + Field.BOOLEAN, flag);
        } else if (value instanceof byte[] bytes) {
            out.bytes(first + Field.BINARY, bytes);
        } else {
            out.string(first + Field.STRING, value.toString());
        }
    }

    /** The payload with its number. */
    public byte[] numbered(long seq) {
        return out.varint(Field.PAYLOAD_SEQ, seq).toBytes();
    }

    /** The payload without a number: a node's death (6.4.25), a command. */
    public byte[] unnumbered() {
        return out.toBytes();
    }
}
