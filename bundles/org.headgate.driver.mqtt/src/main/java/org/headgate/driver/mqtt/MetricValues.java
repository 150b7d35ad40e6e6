package org.headgate.driver.mqtt;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;
import org.headgate.sparkplug.DataType;
import org.headgate.sparkplug.Metric;
import org.headgate.sparkplug.Metric.Property;

/** Values of metrics as channels have them, and the other way round. */
final class MetricValues {
    private MetricValues() {}

    /** Gives a metric's value, or says why there is none. */
    static void set(Channel channel, Metric metric, int index, Readings into) {
        Optional<Object> value = metric.value();
        int quality = quality(metric);
        if (metric.isNull() || value.isEmpty()) {
            into.bad(index, metric.isNull() ? "null: the edge node has no value" : "of a type that is no single value");
            return;
        }
        if (quality == Metric.BAD) {
            into.bad(index, "the edge node says that it is bad");
            return;
        }
        if (!given(channel, metric, value.get(), index, into)) {
            into.bad(
                    index,
                    "the metric is "
                            + DataType.of(metric.datatype()).map(Enum::name).orElse("of no known type")
                            + ", the channel " + channel.type());
        } else if (quality != Metric.GOOD) {
            into.uncertain(index, "the edge node says that it is stale");
        }
    }

    private static int quality(Metric metric) {
        Property said = metric.properties().get(Metric.QUALITY);
        return said != null && said.value().orElse(null) instanceof Integer code ? code : Metric.GOOD;
    }

    private static boolean given(Channel channel, Metric metric, Object value, int index, Readings into) {
        OptionalLong whole = metric.whole(DataType.INT64);
        switch (channel.type()) {
            case BOOLEAN, LONG, DOUBLE -> {
                if (value instanceof Boolean flag) {
                    into.set(index, flag.booleanValue());
                } else if (value instanceof Double || value instanceof Float) {
                    // A float's decimal text is what was meant.
                    into.set(index, Double.parseDouble(value.toString()));
                } else if (whole.isPresent()) {
                    into.set(index, whole.getAsLong());
                } else {
                    return false;
                }
            }
            case STRING -> {
                if (value instanceof String) {
                    into.set(index, value);
                } else if (whole.isPresent() && metric.datatype() == DataType.DATE_TIME.number()) {
                    return date(whole.getAsLong(), index, into);
                } else {
                    return false;
                }
            }
            case BYTES -> {
                if (!(value instanceof byte[])) {
                    return false;
                }
                into.set(index, value);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean date(long millis, int index, Readings into) {
        try {
            into.set(index, (Object) Instant.ofEpochMilli(millis).toString());
            return true;
        } catch (DateTimeException beyond) {
            return false;
        }
    }

    /**
     * A value as the field of the wire that its type has (6.4.17).
     *
     * @throws IllegalArgumentException when the type cannot hold it, with its limits
     */
    static Object wire(DataType type, Object value) {
        return switch (type) {
            case INT8 -> (int) whole(type, value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case INT16 -> (int) whole(type, value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT32 -> (int) whole(type, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case UINT8 -> (int) whole(type, value, 0, 0xFF);
            case UINT16 -> (int) whole(type, value, 0, 0xFFFF);
            case UINT32 -> (int) whole(type, value, 0, 0xFFFF_FFFFL);
            case INT64 -> whole(type, value, Long.MIN_VALUE, Long.MAX_VALUE);
            case UINT64, DATE_TIME -> whole(type, value, 0, Long.MAX_VALUE);
            case FLOAT -> single(number(value).doubleValue());
            case DOUBLE -> number(value).doubleValue();
            case BOOLEAN -> value instanceof Boolean flag ? flag : number(value).doubleValue() != 0;
            case STRING, TEXT -> value.toString();
            case BYTES ->
                value instanceof byte[] ? value : value.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        };
    }

    private static long whole(DataType type, Object value, long least, long most) {
        Number number = number(value);
        double real = number.doubleValue();
        // 2^63 as a double is the first that is no long.
        boolean fits = number instanceof Long || Math.rint(real) == real && real >= -0x1p63 && real < 0x1p63;
        if (!fits || number.longValue() < least || number.longValue() > most) {
            throw new IllegalArgumentException("the metric is " + type + ": " + least + " to " + most);
        }
        return number.longValue();
    }

    private static float single(double value) {
        float single = (float) value;
        if (Float.isInfinite(single) && !Double.isInfinite(value)) {
            throw new IllegalArgumentException("the metric is FLOAT: up to " + Float.MAX_VALUE);
        }
        return single;
    }

    private static Number number(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        if (value instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException("the metric is a number");
    }
}
