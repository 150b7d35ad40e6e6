package org.headgate.payload.sparkplug;

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
record Metric(
        String name,
        OptionalLong alias,
        OptionalLong millis,
        int datatype,
        boolean historical,
        boolean isNull,
        Map<String, Property> properties,
        Optional<Object> value) {
    /** Where the quality of a value is said (6.4.9.1); a value without it is good. */
    static final String QUALITY = "Quality";

    static final int GOOD = 192;
    static final int STALE = 500;
    static final int BAD = 0;

    Metric {
        properties = new LinkedHashMap<>(properties);
    }

    /**
     * A property.
     *
     * @param type the number of its {@link DataType}
     * @param value as a metric's; empty for none and for property sets
     */
    record Property(int type, Optional<Object> value) {
        static Property of(DataType type, Object value) {
            return new Property(type.number(), Optional.of(value));
        }

        static Property quality(int code) {
            return of(DataType.INT32, code);
        }
    }

    /** A metric as a birth declares it. */
    static Metric born(
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
    Metric unaliased() {
        return new Metric(name, OptionalLong.empty(), millis, datatype, historical, isNull, properties, value);
    }
}
