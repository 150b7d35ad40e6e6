package org.headgate.config.api;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a key stands in the text of a settings file: for whoever handles texts that are not in force (of a revision, of an archive),
 * broken ones included. The one who reads files in force is {@link Configurations}.
 *
 * @param key the key
 * @param value its value, without comment, continued lines put together with a blank between
 * @param from where its first line begins in the text
 * @param to where the line after its last one begins
 */
public record TextEntry(String key, String value, int from, int to) {
    /** The entries of a text in their order; lines that are none are left out. */
    public static List<TextEntry> of(String text) {
        List<TextEntry> entries = new ArrayList<>();
        int at = text.startsWith("\uFEFF") ? 1 : 0;
        while (at < text.length()) {
            int end = next(text, at);
            int equals = text.indexOf('=', at);
            boolean comment = text.substring(at, end).strip().startsWith("#");
            if (comment || equals < 0 || equals >= end) {
                at = end;
                continue;
            }
            StringBuilder value = new StringBuilder();
            int part = equals + 1;
            while (continues(text, part, end, value) && end < text.length()) {
                part = end;
                end = next(text, end);
            }
            entries.add(new TextEntry(text.substring(at, equals).strip(), value.toString(), at, end));
            at = end;
        }
        return entries;
    }

    /** Where the line after this one begins. */
    private static int next(String text, int at) {
        int newline = text.indexOf('\n', at);
        return newline < 0 ? text.length() : newline + 1;
    }

    /** Appends a line's part of a value; says whether the next line belongs to it, too. */
    private static boolean continues(String text, int from, int end, StringBuilder value) {
        String line = text.substring(from, end).replaceAll("[\r\n]+$", "");
        String part = line;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '#'
                    && (i == 0 || isBlank(line.charAt(i - 1)))
                    && (i + 1 == line.length() || isBlank(line.charAt(i + 1)))) {
                part = line.substring(0, i);
                break;
            }
        }
        boolean continued =
                part.length() == line.length() && part.stripTrailing().endsWith("\\");
        String own = continued ? part.stripTrailing().replaceAll("\\\\$", "") : part;
        value.append(value.isEmpty() || own.isBlank() ? "" : " ").append(own.strip());
        return continued;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
