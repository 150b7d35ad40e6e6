package org.headgate.messages;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of columns (RFC 4180), each line a row; columns may stand in quotes, and then contain the separator, ends of lines and quotes,
 * doubled.
 *
 * @param separator what is between columns
 * @param times how time is said
 */
record CsvFormat(char separator, Times times) implements Format {
    private static final char QUOTE = '"';

    private record Line(List<String> columns, long timeNanos) implements Instant {
        @Override
        public Object value(Field field) {
            return field.place() instanceof Place.Column column ? CsvFormat.column(columns, column) : null;
        }
    }

    @Override
    public List<Instant> read(byte[] message, int offset, int length, long now) throws MessageException {
        List<Instant> lines = new ArrayList<>();
        for (List<String> columns : split(Format.text(message, offset, length))) {
            Object time = times.place() instanceof Place.Column column ? column(columns, column) : null;
            lines.add(new Line(columns, times.nanos(time)));
        }
        return lines;
    }

    /** An empty column is no value. */
    private static String column(List<String> columns, Place.Column column) {
        String text = column.index() < columns.size() ? columns.get(column.index()) : "";
        return text.isBlank() ? null : text;
    }

    private List<List<String>> split(String text) throws MessageException {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            StringBuilder quoted = null;
            int start = at;
            if (text.charAt(at) == QUOTE) {
                quoted = new StringBuilder();
                at = quoted(text, at + 1, quoted);
                start = at;
            }
            while (at < text.length() && !ends(text.charAt(at))) {
                at++;
            }
            String rest = text.substring(start, at);
            if (quoted != null && !rest.isBlank()) {
                throw new MessageException("no CSV: after a quote comes " + Values.printable(rest));
            }
            line.add(quoted == null ? rest : quoted.toString());
            boolean more = at < text.length() && text.charAt(at) == separator;
            at++;
            if (more && at >= text.length()) {
                line.add("");
            }
            if (!more || at >= text.length()) {
                // A line without anything is none.
                if (line.size() > 1 || !line.get(0).isBlank()) {
                    lines.add(line);
                }
                line = new ArrayList<>();
            }
        }
        return lines;
    }

    private boolean ends(char c) {
        return c == separator || c == '\n' || c == '\r';
    }

    private static int quoted(String text, int from, StringBuilder into) throws MessageException {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != QUOTE) {
                into.append(c);
            } else if (at + 1 < text.length() && text.charAt(at + 1) == QUOTE) {
                into.append(c);
                at++;
            } else {
                return at + 1;
            }
        }
        throw new MessageException("no CSV: a quote without its end");
    }
}
