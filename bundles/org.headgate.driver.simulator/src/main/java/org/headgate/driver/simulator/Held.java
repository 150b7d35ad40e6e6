package org.headgate.driver.simulator;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;

/** What was written to the outputs of a device that is not there. */
final class Held {
    private final Map<String, Object> values = new HashMap<>();

    /**
     * Keeps a value.
     *
     * @throws IOException when the channel cannot be written or has another type
     */
    void write(Channel channel, Object value) throws IOException {
        if (!channel.access().canWrite()) {
            throw new IOException(channel.name() + " cannot be written");
        }
        Optional<Object> fitting = fitting(channel, value);
        if (fitting.isEmpty()) {
            throw new IOException(channel.name() + " is " + channel.type() + " and does not take " + value);
        }
        values.put(channel.name(), fitting.get());
    }

    /** Hands over what was written; false when nothing was. */
    boolean show(int index, Channel channel, Readings into) {
        Object value = values.get(channel.name());
        return value != null && show(index, channel, value, into);
    }

    /** Hands over any value that fits the channel's type; false when it does not. */
    static boolean show(int index, Channel channel, Object value, Readings into) {
        Optional<Object> fitting = fitting(channel, value);
        if (fitting.isEmpty()) {
            return false;
        }
        switch (channel.type()) {
            case BOOLEAN -> into.set(index, (boolean) fitting.get());
            case LONG -> into.set(index, (long) fitting.get());
            case DOUBLE -> into.set(index, (double) fitting.get());
            default -> into.set(index, fitting.get());
        }
        return true;
    }

    private static Optional<Object> fitting(Channel channel, Object value) {
        Object fitting = switch (channel.type()) {
            case BOOLEAN ->
                value instanceof Boolean ? value : value instanceof Number number ? number.doubleValue() != 0 : null;
            case LONG -> value instanceof Number number ? number.longValue() : null;
            case DOUBLE -> value instanceof Number number ? number.doubleValue() : null;
            case STRING -> value instanceof String ? value : null;
            case BYTES -> value instanceof byte[] ? value : null;
            case ARRAY -> value instanceof List ? value : null;
            case STRUCT -> value instanceof Map ? value : null;
            case ANY -> value;
        };
        return Optional.ofNullable(fitting);
    }
}
