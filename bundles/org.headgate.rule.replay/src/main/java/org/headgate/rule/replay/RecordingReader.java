package org.headgate.rule.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.headgate.codec.JsonReader;

/**
 * Reads a recording, one row a line: {@code {"stream":"boiler","time":1541152486013,"data":{"temperature":71.2}}}. The time is in milliseconds since
 * the epoch, or ISO 8601 with its offset; other members are left aside, and so are empty lines. A line that is none of this is told by {@link #problem}
 * and harms no other. Whatever the input is, memory stays bounded by a line of 1 MiB. One thread.
 */
public final class RecordingReader {
    /** Far enough that the end of no window leaves the range of a long in nanoseconds. */
    private static final long LATEST_MILLIS = 7_258_118_400_000L;

    private static final String TIME_EXPECTED =
            "milliseconds since 1970, before the year 2200, or ISO 8601 such as 2026-11-21T12:00:00Z";
    private static final int SHOWN = 40;
    private final LineReader lines;
    private String stream = "";
    private String problem = "";
    private long timeNanos;
    private Map<String, Object> data = Map.of();

    /** Reads from a stream of bytes, which stays the caller's to close. */
    public RecordingReader(InputStream in) {
        lines = new LineReader(in);
    }

    /**
     * Goes to the next line that is not empty.
     *
     * @return whether there is one
     * @throws IOException when the input cannot be read
     */
    public boolean next() throws IOException {
        while (lines.next()) {
            problem = "";
            if (lines.isTooLong()) {
                problem = "line " + lines.number() + ": too long (expected: at most " + LineReader.LONGEST + " bytes)";
                return true;
            }
            try {
                String text = lines.text();
                if (!text.isBlank()) {
                    parse(text);
                    return true;
                }
            } catch (CharacterCodingException notUtf8) {
                problem = "line " + lines.number() + ": not UTF-8 (expected: a recording in UTF-8)";
                return true;
            } catch (IllegalArgumentException wrong) {
                String what = wrong.getMessage();
                problem = "line " + lines.number() + (what.startsWith("column ") ? ", " : ": ") + printable(what);
                return true;
            }
        }
        return false;
    }

    /** What is wrong with the line, with its number; empty when nothing is. The other values are those of a line without a problem only. */
    public String problem() {
        return problem;
    }

    /** The number of the line, from 1. */
    public long number() {
        return lines.number();
    }

    /** The stream of the line's row. */
    public String stream() {
        return stream;
    }

    /** The time of the line's row, in nanoseconds since the epoch. */
    public long timeNanos() {
        return timeNanos;
    }

    /** The values of the line's row, as {@link JsonReader} gives them. */
    public Map<String, Object> data() {
        return data;
    }

    /** A text from a file that nobody has checked, fit for a terminal. */
    static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return clean.toString();
    }

    @SuppressWarnings("unchecked")
    private void parse(String text) {
        if (!(JsonReader.read(text) instanceof Map<?, ?> members)) {
            throw new IllegalArgumentException(
                    "no object (expected: {\"stream\":\"boiler\",\"time\":1541152486013,\"data\":{\"temperature\":71.2}})");
        }
        if (!(members.get("stream") instanceof String name) || name.isEmpty()) {
            throw wrong("stream", members.get("stream"), "a stream's name");
        }
        if (!(members.get("data") instanceof Map<?, ?> values)) {
            throw wrong("data", members.get("data"), "an object with a member for each column");
        }
        if (values.containsKey("")) {
            throw new IllegalArgumentException("data: a column without a name (expected: a name for each value)");
        }
        timeNanos = time(members.get("time"));
        stream = name;
        data = (Map<String, Object>) values;
    }

    private static long time(Object value) {
        if (value instanceof Long millis && millis >= 0 && millis < LATEST_MILLIS) {
            return millis * 1_000_000;
        }
        if (value instanceof Double number && number >= 0 && number < LATEST_MILLIS && Math.rint(number) == number) {
            return number.longValue() * 1_000_000;
        }
        if (value instanceof String text) {
            try {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                if (instant.getEpochSecond() >= 0 && instant.getEpochSecond() < LATEST_MILLIS / 1000) {
                    return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
                }
            } catch (DateTimeException wrong) {
                throw wrong("time", text, TIME_EXPECTED);
            }
        }
        throw wrong("time", value, TIME_EXPECTED);
    }

    private static IllegalArgumentException wrong(String member, Object value, String expected) {
        String found = value == null ? "missing" : String.valueOf(value);
        String shown = found.length() <= SHOWN ? found : found.substring(0, SHOWN) + "...";
        return new IllegalArgumentException(member + ": " + shown + " (expected: " + expected + ")");
    }
}
