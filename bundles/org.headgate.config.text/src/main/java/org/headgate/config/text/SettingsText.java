package org.headgate.config.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The parsed text of one file, immutable. The whole format: UTF-8 lines of {@code key = value}; a {@code #} that begins
 * a line, or that stands between blanks (or a blank and the line's end), begins a comment; a {@code \} at a line's end
 * continues the value on the next line, the blanks around the break becoming one blank. Nothing else is special: no
 * quotes, no escapes, no substitution. CRLF and a byte order mark are accepted and kept.
 *
 * @param text the whole text, byte order mark included
 * @param entries the keys that could be read, in their order
 * @param broken the first error, such as {@code line 3: 'poll' (expected: key = value)}
 */
public record SettingsText(String text, List<Entry> entries, Optional<String> broken) {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    /** Prefixes of properties that Configuration Admin, Declarative Services and we set ourselves. */
    private static final List<String> RESERVED = List.of("headgate.", "service.", "component.");

    /**
     * One key.
     *
     * @param lineStart where its first line begins in the text
     * @param valueStart where its value begins, blanks left out
     * @param valueEnd where its value ends, blanks and comment left out
     * @param lineEnd where the line after its last one begins
     */
    public record Entry(String key, String value, int lineStart, int valueStart, int valueEnd, int lineEnd) {}

    /** Parses a file's bytes; what is wrong is said in {@link #broken}. */
    public static SettingsText parse(byte[] bytes) {
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            // What can be read of it is for people: two broken files must not look the same.
            String readable = new String(bytes, StandardCharsets.UTF_8);
            return new SettingsText(readable, List.of(), Optional.of(locateInvalid(bytes)));
        }
    }

    /** Parses text. */
    public static SettingsText parse(String text) {
        return new Parser(text).parse();
    }

    /** Keys and values in their order; empty when the file is broken. */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        if (broken.isEmpty()) {
            entries.forEach(entry -> values.put(entry.key, entry.value));
        }
        return values;
    }

    /** The entry of a key, also from a file that is broken elsewhere. */
    public Optional<Entry> entry(String key) {
        return entries.stream().filter(entry -> entry.key.equalsIgnoreCase(key)).findFirst();
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Whether a comment begins here, given that the line or the value begins at {@code start}. */
    static boolean isComment(String text, int at, int start, int end) {
        return text.charAt(at) == '#'
                && (at == start || isBlank(text.charAt(at - 1)))
                && (at + 1 == end || isBlank(text.charAt(at + 1)));
    }

    /** What may be repeated of a line that is none: behind the first word a secret may stand whose {@code =} was forgotten. */
    private static String firstWord(String text) {
        int end = 0;
        while (end < text.length() && !isBlank(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }

    private static String locateInvalid(byte[] bytes) {
        int line = 1;
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                try {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, i - start));
                } catch (CharacterCodingException here) {
                    break;
                }
                line++;
                start = i + 1;
            }
        }
        return "line " + line + ": not UTF-8 (expected: save the file as UTF-8)";
    }

    /** Walks over the text once, line by line. */
    private static final class Parser {
        private final String text;
        private final List<Entry> entries = new ArrayList<>();
        private final Map<String, Integer> lineOfKey = new HashMap<>();
        private String broken;
        private int line;
        private int next;
        private int start;
        private int end;

        Parser(String text) {
            this.text = text;
            this.next = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        }

        SettingsText parse() {
            while (advance()) {
                int at = skipBlanks(start, end);
                if (at < end && text.charAt(at) != '#') {
                    entry(at);
                }
            }
            return new SettingsText(text, List.copyOf(entries), Optional.ofNullable(broken));
        }

        /** Moves {@code start} and {@code end} to the next line, without its line ending. */
        private boolean advance() {
            if (next >= text.length()) {
                return false;
            }
            line++;
            start = next;
            int newline = text.indexOf('\n', start);
            next = newline < 0 ? text.length() : newline + 1;
            end = newline < 0 ? next : newline;
            if (end > start && text.charAt(end - 1) == '\r') {
                end--;
            }
            for (int i = start; i < end; i++) {
                if (text.charAt(i) < ' ' && text.charAt(i) != '\t') {
                    wrong(line, "a control character (expected: text)");
                    break;
                }
            }
            return true;
        }

        private void entry(int keyStart) {
            int first = line;
            int lineStart = start;
            int equals = text.indexOf('=', keyStart);
            if (equals < 0 || equals >= end) {
                wrong(first, "'" + shortened(firstWord(text.substring(keyStart, end))) + "' (expected: key = value)");
                return;
            }
            String key = text.substring(keyStart, backOverBlanks(keyStart, equals));
            int valueStart = skipBlanks(equals + 1, end);
            StringBuilder value = new StringBuilder();
            int valueEnd = value(equals + 1, value);
            keyProblem(key).ifPresent(problem -> wrong(first, problem));
            Integer before = lineOfKey.putIfAbsent(key.toLowerCase(Locale.ROOT), first);
            if (before != null) {
                wrong(first, "'" + key + "' stands in line " + before + " already (expected: each key once)");
                return;
            }
            entries.add(new Entry(key, value.toString(), lineStart, Math.min(valueStart, valueEnd), valueEnd, next));
        }

        /** Appends the value, over continuation lines; returns where it ends in the text. */
        private int value(int from, StringBuilder value) {
            int at = from;
            while (true) {
                int partStart = skipBlanks(at, end);
                int partEnd = endOfValue(at, partStart);
                boolean continues =
                        partEnd > partStart && text.charAt(partEnd - 1) == '\\' && skipBlanks(partEnd, end) == end;
                int kept = continues ? backOverBlanks(partStart, partEnd - 1) : partEnd;
                boolean blankBefore = continues && kept < partEnd - 1;
                value.append(text, partStart, kept);
                if (!continues) {
                    return partEnd;
                }
                int lineOfBreak = line;
                if (!advance()) {
                    wrong(lineOfBreak, "'\\' at the end of the file (expected: a line that continues the value)");
                    return partEnd;
                }
                at = start;
                if (at < end
                        && (blankBefore || isBlank(text.charAt(at)))
                        && value.length() > 0
                        && endOfValue(at, skipBlanks(at, end)) > skipBlanks(at, end)) {
                    value.append(' ');
                }
            }
        }

        /** Where the value's part of this line ends: before a comment and before trailing blanks. */
        private int endOfValue(int from, int partStart) {
            for (int i = partStart; i < end; i++) {
                if (isComment(text, i, from, end)) {
                    return backOverBlanks(partStart, i);
                }
            }
            return backOverBlanks(partStart, end);
        }

        private Optional<String> keyProblem(String key) {
            if (key.isEmpty()) {
                return Optional.of("nothing before '=' (expected: key = value)");
            }
            return SettingsText.keyProblem(key);
        }

        private int skipBlanks(int from, int to) {
            int at = from;
            while (at < to && isBlank(text.charAt(at))) {
                at++;
            }
            return at;
        }

        private int backOverBlanks(int from, int to) {
            int at = to;
            while (at > from && isBlank(text.charAt(at - 1))) {
                at--;
            }
            return at;
        }

        private void wrong(int where, String what) {
            if (broken == null) {
                broken = "line " + where + ": " + what;
            }
        }

        private static String shortened(String text) {
            return text.length() <= 40 ? text : text.substring(0, 37) + "...";
        }
    }

    /** What is wrong with a key; empty when nothing is. */
    static Optional<String> keyProblem(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (isBlank(key.charAt(i)) || key.charAt(i) == '#') {
                return Optional.of("'" + firstWord(key) + "' (expected: = behind it, and a key without blanks and #)");
            }
        }
        String lower = key.toLowerCase(Locale.ROOT);
        if (RESERVED.stream().anyMatch(lower::startsWith)) {
            return Optional.of("'" + key + "' is reserved (expected: another key)");
        }
        return Optional.empty();
    }
}
