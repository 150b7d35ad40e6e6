package org.headgate.sparkplug;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.headgate.sparkplug.Metric.Property;

/**
 * Reads a payload (Sparkplug 3.0, 6.4.1). Fields that it does not know are passed over, so are data sets, templates and property sets inside
 * of properties: nothing is read deeper than a property of a metric.
 */
public final class PayloadReader {
    /** How large a payload may be. */
    public static final int MOST_BYTES = 1 << 20;
    /** How many metrics it may have. */
    public static final int MOST_METRICS = 10_000;
    /** How many properties a metric may have. */
    public static final int MOST_PROPERTIES = 100;

    private PayloadReader() {}

    /**
     * The payload.
     *
     * @throws MalformedException when the bytes are none, or too many
     */
    public static Payload read(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new MalformedException(bytes.length + " bytes; at most " + MOST_BYTES);
        }
        ProtoReader in = new ProtoReader(bytes);
        OptionalLong millis = OptionalLong.empty();
        OptionalLong seq = OptionalLong.empty();
        List<Metric> metrics = new ArrayList<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case Field.PAYLOAD_TIMESTAMP -> millis = OptionalLong.of(in.varint());
                case Field.PAYLOAD_SEQ -> seq = OptionalLong.of(in.varint());
                case Field.PAYLOAD_METRIC -> {
                    if (metrics.size() == MOST_METRICS) {
                        throw new MalformedException("more than " + MOST_METRICS + " metrics");
                    }
                    metrics.add(metric(in.nested()));
                }
                default -> in.skip();
            }
        }
        return new Payload(millis, seq, metrics);
    }

    private static Metric metric(ProtoReader in) {
        String name = "";
        OptionalLong alias = OptionalLong.empty();
        OptionalLong millis = OptionalLong.empty();
        int datatype = 0;
        boolean historical = false;
        boolean isNull = false;
        Map<String, Property> properties = Map.of();
        Optional<Object> value = Optional.empty();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case Field.METRIC_NAME -> name = in.string();
                case Field.METRIC_ALIAS -> alias = OptionalLong.of(in.varint());
                case Field.METRIC_TIMESTAMP -> millis = OptionalLong.of(in.varint());
                case Field.METRIC_DATATYPE -> datatype = (int) in.varint();
                case Field.METRIC_HISTORICAL -> historical = in.bool();
                case Field.METRIC_NULL -> isNull = in.bool();
                case Field.METRIC_PROPERTIES -> properties = properties(in.nested());
                default -> value = value(in, field - Field.METRIC_VALUE, Field.BINARY, value);
            }
        }
        return new Metric(
                name, alias, millis, datatype, historical, isNull, properties, isNull ? Optional.empty() : value);
    }

    /** A value; the former one where the field is none that we know. */
    private static Optional<Object> value(ProtoReader in, int kind, int last, Optional<Object> former) {
        if (kind < 0 || kind > last) {
            in.skip();
            return former;
        }
        return Optional.of(
                switch (kind) {
                    case Field.INT -> (int) in.varint();
                    case Field.LONG -> in.varint();
                    case Field.FLOAT -> in.fixed32();
                    case Field.DOUBLE -> in.fixed64();
                    case Field.BOOLEAN -> in.bool();
                    case Field.STRING -> in.string();
                    default -> in.bytes();
                });
    }

    private static Map<String, Property> properties(ProtoReader in) {
        List<String> keys = new ArrayList<>();
        List<Property> values = new ArrayList<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case Field.SET_KEY -> keys.add(in.string());
                case Field.SET_VALUE -> values.add(property(in.nested()));
                default -> in.skip();
            }
            if (Math.max(keys.size(), values.size()) > MOST_PROPERTIES) {
                throw new MalformedException("more than " + MOST_PROPERTIES + " properties");
            }
        }
        if (keys.size() != values.size()) {
            throw new MalformedException(keys.size() + " names for " + values.size() + " properties");
        }
        Map<String, Property> properties = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            properties.put(keys.get(i), values.get(i));
        }
        return properties;
    }

    private static Property property(ProtoReader in) {
        int type = 0;
        Optional<Object> value = Optional.empty();
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == Field.PROPERTY_TYPE) {
                type = (int) in.varint();
            } else {
                value = value(in, field - Field.PROPERTY_VALUE, Field.STRING, value);
            }
        }
        return new Property(type, value);
    }
}
