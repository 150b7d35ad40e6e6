package org.headgate.driver.simulator;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.headgate.codec.JsonReader;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;

/**
 * A line of a recording: {@code {"stream":"boiler","time":1541152486013,"data":{"temperature":71.2}}}, as {@code stream:watch --json}
 * prints it.
 *
 * @param stream whose row it is
 * @param timeNanos in nanoseconds since the epoch
 * @param data values by column; null where the value was BAD
 * @param quality what is not GOOD, by column
 */
record RecordedRow(String stream, long timeNanos, Map<String, Object> data, Map<String, Object> quality) {
    private static final Set<String> KEYS = Set.of("stream", "time", "data", "quality", "clock");

    /**
     * Parses a line.
     *
     * @throws IllegalArgumentException with what is wrong, on one line
     */
    static RecordedRow parse(String line) {
        if (!(JsonReader.read(line) instanceof Map<?, ?> members)) {
            throw new IllegalArgumentException("no object");
        }
        for (Object key : members.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(key + ": unknown (expected: stream, time, data)");
            }
        }
        if (!(members.get("stream") instanceof String stream)) {
            throw new IllegalArgumentException("stream: missing (expected: a name)");
        }
        Object quality = members.get("quality");
        return new RecordedRow(
                stream,
                time(members.get("time")),
                object("data", members.get("data")),
                quality == null ? Map.of() : object("quality", quality));
    }

    /** Hands over a channel's value, found by the channel's name. */
    void show(int index, Channel channel, Readings into) {
        if (!data.containsKey(channel.name())) {
            return;
        }
        Object value = data.get(channel.name());
        if (value == null) {
            into.bad(index, "bad in the recording");
        } else if (!Held.show(index, channel, bytes(channel, value), into)) {
            into.bad(index, "the recording has no " + channel.type() + " but " + missing(value));
        } else if ("UNCERTAIN".equals(quality.get(channel.name()))) {
            into.uncertain(index, "uncertain in the recording");
        }
    }

    private static Object bytes(Channel channel, Object value) {
        if (channel.type() != Type.BYTES || !(value instanceof String text)) {
            return value;
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return value;
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(String key, Object value) {
        if (!(value instanceof Map<?, ?> members)) {
            throw new IllegalArgumentException(key + ": " + missing(value) + " (expected: an object)");
        }
        return (Map<String, Object>) members;
    }

    private static long time(Object value) {
        try {
            if (value instanceof Long millis) {
                return Math.multiplyExact(millis, 1_000_000L);
            }
            if (value instanceof Double millis && Math.abs(millis) < 9e12) {
                return (long) (millis * 1e6);
            }
            if (value instanceof String text) {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
            }
        } catch (DateTimeParseException | ArithmeticException wrong) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "time: " + missing(value) + " (expected: milliseconds since 1970, or 2024-11-21T07:00:00.123Z)");
    }

    private static String missing(Object value) {
        String text = value == null ? "missing" : String.valueOf(value);
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
