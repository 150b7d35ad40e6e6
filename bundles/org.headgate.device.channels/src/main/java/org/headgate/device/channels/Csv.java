package org.headgate.device.channels;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The grammar of CSV (RFC 4180 clause 2), with what spreadsheets do to it: another separator, LF alone, a byte order mark, a line
 * {@code sep=;} first.
 */
final class Csv {
    /** A record: where it begins in the file, and its fields without their quotes. */
    record Line(int number, List<String> fields) {}

    /** What is wrong, and with which line. */
    record Fault(int line, String what) {
        @Override
        public String toString() {
            return "line " + line + ": " + what;
        }
    }

    private static final String SEPARATORS = ",;\t";
    private static final String HINT = "sep=";

    private final String text;
    private final char separator;
    private final List<Line> lines = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private int at;
    private int line = 1;

    private Csv(String text) {
        this.text = text;
        at = text.startsWith("\uFEFF") ? 1 : 0;
        separator = separator();
    }

    /** Parses a text; records that are broken are left out and noted in {@link #faults}. */
    static Csv parse(String text) {
        Csv csv = new Csv(text);
        while (csv.at < text.length()) {
            csv.record();
        }
        return csv;
    }

    /** The records in their order, empty lines left out. */
    List<Line> lines() {
        return lines;
    }

    /** What is wrong with the file's form. */
    List<Fault> faults() {
        return faults;
    }

    /** A field as it is written between commas. */
    static String field(String value) {
        boolean plain = value.chars().noneMatch(c -> c == '"' || c == '\r' || c == '\n' || SEPARATORS.indexOf(c) >= 0)
                && value.equals(value.strip());
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    /** The first separator of the first line decides. */
    private char separator() {
        if (text.startsWith(HINT, at) && at + HINT.length() < text.length()) {
            char said = text.charAt(at + HINT.length());
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end + 1;
            line++;
            return said;
        }
        int end = text.indexOf('\n', at);
        return (char) text.substring(at, end < 0 ? text.length() : end)
                .chars()
                .filter(c -> SEPARATORS.indexOf(c) >= 0)
                .findFirst()
                .orElse(',');
    }

    private void record() {
        int number = line;
        List<String> fields = new ArrayList<>();
        Optional<String> broken = Optional.empty();
        boolean more = true;
        while (more && broken.isEmpty()) {
            StringBuilder field = new StringBuilder();
            broken = at < text.length() && text.charAt(at) == '"' ? quoted(field) : plain(field);
            fields.add(field.toString());
            more = broken.isEmpty() && at < text.length() && text.charAt(at) == separator;
            at += more ? 1 : 0;
        }
        if (broken.isPresent()) {
            faults.add(new Fault(number, broken.get()));
        } else if (fields.stream().anyMatch(field -> !field.isBlank())) {
            lines.add(new Line(number, fields));
        }
        endOfLine();
    }

    private Optional<String> plain(StringBuilder field) {
        boolean quote = false;
        while (at < text.length() && !isEnd(text.charAt(at))) {
            quote |= text.charAt(at) == '"';
            field.append(text.charAt(at++));
        }
        return quote
                ? Optional.of(field + " (expected: a field with a quote in quotes, the quote twice)")
                : Optional.empty();
    }

    private Optional<String> quoted(StringBuilder field) {
        int open = line;
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"' && at < text.length() && text.charAt(at) == '"') {
                at++;
            } else if (c == '"') {
                return at >= text.length() || isEnd(text.charAt(at))
                        ? Optional.empty()
                        : Optional.of("a quote ends before its field does (expected: a quote in a field twice)");
            }
            line += c == '\n' ? 1 : 0;
            field.append(c);
        }
        return Optional.of("the quote that is opened in line " + open + " is never closed");
    }

    private boolean isEnd(char c) {
        return c == separator || c == '\n' || c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) == '\n');
    }

    /** Goes to the next line: past what is left of a broken one. */
    private void endOfLine() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
        at++;
        line++;
    }
}
