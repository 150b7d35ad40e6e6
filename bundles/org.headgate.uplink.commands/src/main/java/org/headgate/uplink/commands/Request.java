package org.headgate.uplink.commands;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.headgate.codec.JsonReader;

/**
 * A request as it comes from a broker: {@code {"id":"c-17","command":"device:info","arguments":["boiler"],"expires":1732172430000}}. Whatever a
 * stranger sends is read into one, or refused with a reason.
 *
 * @param id tells it from all others; may stand in a topic
 * @param command what to run, as {@code scope:name}
 * @param words the command's words
 * @param expiresNanos when it is too late to begin, in nanoseconds since the epoch
 */
record Request(String id, String command, List<String> words, long expiresNanos) {
    /** How many bytes a request may have. */
    static final int MOST_BYTES = 64 << 10;
    /** How many words it may have. */
    static final int MOST_WORDS = 256;
    /** How long a request is good for that says only when it was made. */
    static final long GOOD_MILLIS = 30_000;

    static final Pattern ID = Pattern.compile("[A-Za-z0-9._:@=-]{1,128}");

    private static final Pattern COMMAND = Pattern.compile("[a-z0-9-]{1,32}:[a-z0-9-]{1,32}");
    private static final Set<String> KEYS = Set.of("id", "command", "arguments", "time", "expires");
    private static final long NANOS = 1_000_000;

    /** Reads a message. */
    static Request read(byte[] payload) throws MalformedRequestException {
        if (payload.length > MOST_BYTES) {
            throw new MalformedRequestException("", payload.length + " bytes (expected: at most " + MOST_BYTES + ")");
        }
        return new Reading(object(payload)).request();
    }

    private static Map<?, ?> object(byte[] payload) throws MalformedRequestException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
            if (JsonReader.read(text) instanceof Map<?, ?> object) {
                return object;
            }
            throw new MalformedRequestException("", "not a JSON object (expected: {\"id\":...,\"command\":...})");
        } catch (CharacterCodingException broken) {
            throw new MalformedRequestException("", "not UTF-8");
        } catch (IllegalArgumentException wrong) {
            throw new MalformedRequestException("", "not JSON: " + wrong.getMessage());
        }
    }

    /** The members of an object, judged one by one; the id comes first, because whatever else is wrong is answered under it. */
    private static final class Reading {
        private final Map<?, ?> members;
        private String id = "";

        Reading(Map<?, ?> members) {
            this.members = members;
        }

        Request request() throws MalformedRequestException {
            String named = text("id");
            if (!ID.matcher(named).matches()) {
                throw wrong("id: " + shown(named) + " (expected: 1 to 128 of A-Z a-z 0-9 . _ : @ = -)");
            }
            id = named;
            for (Object key : members.keySet()) {
                if (!KEYS.contains(key)) {
                    throw wrong("unknown: " + shown(key) + " (expected: id, command, arguments, time, expires)");
                }
            }
            String command = text("command");
            if (!COMMAND.matcher(command).matches()) {
                throw wrong("command: " + shown(command) + " (expected: a command such as device:info)");
            }
            return new Request(id, command, words(), expires());
        }

        private String text(String key) throws MalformedRequestException {
            if (members.get(key) instanceof String text) {
                return text;
            }
            throw wrong(key + (members.containsKey(key) ? ": not a text" : ": missing") + " (expected: a text)");
        }

        private List<String> words() throws MalformedRequestException {
            Object arguments = members.get("arguments");
            if (arguments == null) {
                return List.of();
            }
            if (!(arguments instanceof List<?> values) || values.size() > MOST_WORDS) {
                throw wrong("arguments (expected: an array of at most " + MOST_WORDS + " words)");
            }
            List<String> words = new ArrayList<>(values.size());
            for (Object value : values) {
                if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
                    throw wrong("arguments: " + shown(value) + " (expected: texts, numbers, true and false)");
                }
                words.add(value.toString());
            }
            return List.copyOf(words);
        }

        private long expires() throws MalformedRequestException {
            if (members.containsKey("expires")) {
                return millis("expires") * NANOS;
            }
            if (members.containsKey("time")) {
                return (millis("time") + GOOD_MILLIS) * NANOS;
            }
            throw wrong(
                    "expires: missing (expected: when it is too late to begin, in ms since 1970; or time, when it was made)");
        }

        private long millis(String key) throws MalformedRequestException {
            if (members.get(key) instanceof Long millis
                    && millis >= 0
                    && millis <= Long.MAX_VALUE / NANOS - GOOD_MILLIS) {
                return millis;
            }
            throw wrong(key + ": " + shown(members.get(key)) + " (expected: ms since 1970, a whole number)");
        }

        private MalformedRequestException wrong(String message) {
            return new MalformedRequestException(id, message);
        }

        private static String shown(Object value) {
            String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
            return text.length() <= 40 ? text : text.substring(0, 40) + "…";
        }
    }
}
