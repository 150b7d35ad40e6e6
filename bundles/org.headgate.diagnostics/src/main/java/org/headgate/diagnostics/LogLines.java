package org.headgate.diagnostics;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the gateway's log holds: entries of a time, a level and a text, which may have more lines, such as those of a stack trace. */
final class LogLines {
    /** From the least to the gravest. */
    static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

    private static final int TIME_ENDS = 24;

    private LogLines() {}

    /**
     * One entry.
     *
     * @param time when it was written
     * @param level how grave it is
     * @param text the whole of it as it stands in the file
     */
    record Entry(Instant time, String level, String text) {}

    /** Reads the text of a file; lines before the first whole entry are left out. */
    static void read(String text, Consumer<Entry> entries) {
        List<String> lines = new ArrayList<>();
        Optional<Entry> head = Optional.empty();
        for (String line : text.lines().toList()) {
            Optional<Entry> next = head(line);
            if (next.isPresent()) {
                head.ifPresent(entry -> entries.accept(whole(entry, lines)));
                head = next;
                lines.clear();
            }
            lines.add(line);
        }
        head.ifPresent(entry -> entries.accept(whole(entry, lines)));
    }

    private static Entry whole(Entry head, List<String> lines) {
        return new Entry(head.time(), head.level(), String.join("\n", lines));
    }

    /** The line {@code 2026-11-21T12:00:00.123+01:00 WARN  [thread] Class: text} begins an entry; the offset may be {@code Z}. */
    private static Optional<Entry> head(String line) {
        int blank = line.indexOf(' ');
        if (blank < TIME_ENDS) {
            return Optional.empty();
        }
        try {
            Instant time = OffsetDateTime.parse(line.substring(0, blank)).toInstant();
            String level = line.substring(blank + 1).split(" ", 2)[0];
            return LEVELS.contains(level) ? Optional.of(new Entry(time, level, line)) : Optional.empty();
        } catch (DateTimeParseException another) {
            return Optional.empty();
        }
    }
}
