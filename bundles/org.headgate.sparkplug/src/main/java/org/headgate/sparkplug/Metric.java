package org.headgate.sparkplug;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A metric as it stands in a payload (Sparkplug 3.0, 6.4.6).
 *
 * @param name its name; empty where the alias says it
 * @param alias the number that stands for the name
 * @param millis when the value was measured, in milliseconds since the epoch
 * @param datatype the number of its {@link DataType}; 0 where the birth has said it
 * @param historical whether it is no current value
 * @param isNull whether it says that there is no value
 * @param properties what is said about the metric or the value, by name
 * @param value by the field of the wire: Integer for int_value, Long for long_value, Float, Double, Boolean, String, {@code byte[]}; empty
 *     for none and for what a gateway has nothing to do with
 */
public record Metric(
        String name,
        OptionalLong alias,
        OptionalLong millis,
        int datatype,
        boolean historical,
        boolean isNull,
        Map<String, Property> properties,
        Optional<Object> value) {
    /** Where the quality of a value is said (6.4.9.1); a value without it is good. */
    public static final String QUALITY = "Quality";

    /** The quality of a current value. */
    public static final int GOOD = 192;
    /** The quality of a value that is not current, or doubtful. */
    public static final int STALE = 500;
    /** The quality of what is no value. */
    public static final int BAD = 0;

    /** Keeps a copy of the properties, in their order. */
    public Metric {
        properties = new LinkedHashMap<>(properties);
    }

    /**
     * A property.
     *
     * @param type the number of its {@link DataType}
     * @param value as a metric's; empty for none and for property sets
     */
    public record Property(int type, Optional<Object> value) {
        /** A property with a value. */
        public static Property of(DataType type, Object value) {
            return new Property(type.number(), Optional.of(value));
        }

        /** The property {@link #QUALITY}. */
        public static Property quality(int code) {
            return of(DataType.INT32, code);
        }
    }

    /** A metric as a birth declares it. */
    public static Metric born(
            String name,
            long alias,
            long millis,
            DataType type,
            Map<String, Property> properties,
            Optional<Object> value) {
        return new Metric(
                name,
                OptionalLong.of(alias),
                OptionalLong.of(millis),
                type.number(),
                false,
                value.isEmpty(),
                properties,
                value);
    }

    /** The same without an alias. */
    public Metric unaliased() {
        return new Metric(name, OptionalLong.empty(), millis, datatype, historical, isNull, properties, value);
    }

    /**
     * The value as a whole number. On the wire all of them are unsigned; how many bits of two's complement they are, the datatype says
     * (6.4.17).
     *
     * @param born the type that the birth has declared; counts where the metric itself says none
     * @return empty where the value is none, or beyond a {@code long}
     */
    public OptionalLong whole(DataType born) {
        long bits;
        if (value.isPresent() && value.get() instanceof Long number) {
            bits = number;
        } else if (value.isPresent() && value.get() instanceof Integer number) {
            bits = Integer.toUnsignedLong(number);
        } else {
            return OptionalLong.empty();
        }
        Optional<DataType> type = datatype == 0 ? Optional.of(born) : DataType.of(datatype);
        if (type.isEmpty()) {
            return OptionalLong.empty();
        }
        return switch (type.get()) {
            case INT8 -> OptionalLong.of((byte) bits);
            case INT16 -> OptionalLong.of((short) bits);
            case INT32 -> OptionalLong.of((int) bits);
            case INT64 -> OptionalLong.of(bits);
            case UINT8 -> within(bits, 0xFF);
            case UINT16 -> within(bits, 0xFFFF);
            case UINT32 -> within(bits, 0xFFFF_FFFFL);
            case UINT64, DATE_TIME -> within(bits, Long.MAX_VALUE);
            default -> OptionalLong.empty();
        };
    }

    private static OptionalLong within(long bits, long most) {
        return bits >= 0 && bits <= most ? OptionalLong.of(bits) : OptionalLong.empty();
    }
}
