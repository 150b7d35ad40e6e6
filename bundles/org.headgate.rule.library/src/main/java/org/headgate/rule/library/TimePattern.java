package org.headgate.rule.library;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Map;

/**
 * The patterns of {@code format_time}, as eKuiper documents them: {@code YYYY YY G M MM MMM MMMM d dd EEE EEEE HH h hh a m mm s ss S SS ... z Z X XX
 * XXX}, a text in single quotes, a character behind a backslash; every other character is itself. {@code SSS} brings its point with it.
 */
final class TimePattern {
    private static final String LETTERS = "YyGMdEHhamsSzZX";
    private static final Map<String, String> JAVA = Map.ofEntries(
            Map.entry("YYYY", "uuuu"),
            Map.entry("yyyy", "uuuu"),
            Map.entry("YY", "uu"),
            Map.entry("yy", "uu"),
            Map.entry("G", "G"),
            Map.entry("M", "M"),
            Map.entry("MM", "MM"),
            Map.entry("MMM", "MMM"),
            Map.entry("MMMM", "MMMM"),
            Map.entry("d", "d"),
            Map.entry("dd", "dd"),
            Map.entry("EEE", "EEE"),
            Map.entry("EEEE", "EEEE"),
            Map.entry("H", "H"),
            Map.entry("HH", "HH"),
            Map.entry("h", "h"),
            Map.entry("hh", "hh"),
            Map.entry("a", "a"),
            Map.entry("m", "m"),
            Map.entry("mm", "mm"),
            Map.entry("s", "s"),
            Map.entry("ss", "ss"),
            Map.entry("z", "z"),
            Map.entry("Z", "xx"),
            Map.entry("X", "x"),
            Map.entry("XX", "xx"),
            Map.entry("XXX", "xxx"));

    private final String pattern;
    private final DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
    private int at;

    private TimePattern(String pattern) {
        this.pattern = pattern;
    }

    /**
     * The formatter of a pattern.
     *
     * @throws IllegalArgumentException with what was expected, on one line
     */
    static DateTimeFormatter of(String pattern) {
        TimePattern reader = new TimePattern(pattern);
        while (reader.at < pattern.length()) {
            reader.part();
        }
        return reader.builder.toFormatter(Locale.ENGLISH);
    }

    private void part() {
        char c = pattern.charAt(at);
        if (LETTERS.indexOf(c) >= 0) {
            letters(c);
        } else if (c == '\'') {
            quoted();
        } else if (c == '\\' && at + 1 < pattern.length()) {
            builder.appendLiteral(pattern.charAt(at + 1));
            at += 2;
        } else {
            builder.appendLiteral(c);
            at++;
        }
    }

    private void letters(char c) {
        int start = at;
        while (at < pattern.length() && pattern.charAt(at) == c) {
            at++;
        }
        int count = at - start;
        String java = JAVA.get(pattern.substring(start, at));
        if (c == 'S' && count <= 9) {
            builder.appendFraction(ChronoField.NANO_OF_SECOND, count, count, true);
        } else if (java == null) {
            throw new IllegalArgumentException(
                    "expected a pattern such as YYYY-MM-dd HH:mm:ss, found " + pattern.substring(start, at));
        } else {
            builder.appendPattern(java);
        }
    }

    private void quoted() {
        int end = pattern.indexOf('\'', at + 1);
        if (end < 0) {
            throw new IllegalArgumentException("expected a ' at the end of the pattern");
        }
        builder.appendLiteral(end == at + 1 ? "'" : pattern.substring(at + 1, end));
        at = end + 1;
    }
}
