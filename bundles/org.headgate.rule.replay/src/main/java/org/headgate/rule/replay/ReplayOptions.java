package org.headgate.rule.replay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Texts;

/**
 * What stands behind {@code headgate replay}.
 *
 * @param rules files of rules
 * @param sql the text of a rule
 * @param input the recording; {@code -} for the standard input
 * @param schema a file with the types of streams
 * @param eventTime whether every rule runs in event time, whatever its file says
 * @param late how late a row may be, whatever the files say
 */
record ReplayOptions(
        List<String> rules,
        Optional<String> sql,
        String input,
        Optional<String> schema,
        boolean eventTime,
        Optional<Duration> late) {
    static final String USAGE = "usage: headgate replay --rule FILE.cfg ... | --sql \"SELECT ...\" --input FILE.jsonl"
            + " [--schema FILE] [--event-time] [--late 1s]";

    /** Reads the words; throws with one line for a person. */
    static ReplayOptions parse(List<String> words) throws ReplayException {
        List<String> rules = new ArrayList<>();
        String sql = null;
        String input = null;
        String schema = null;
        boolean eventTime = false;
        Duration late = null;
        Deque<String> left = new ArrayDeque<>(words);
        while (!left.isEmpty()) {
            String word = left.remove();
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            if (equals > 0) {
                left.addFirst(word.substring(equals + 1));
            }
            String option = equals > 0 ? word.substring(0, equals) : word;
            switch (option) {
                case "--rule" -> rules.add(value(option, "the file of a rule", left));
                case "--sql" -> sql = once(option, sql, value(option, "a rule such as SELECT * FROM boiler", left));
                case "--input" ->
                    input = once(option, input, value(option, "a recording, or - for the standard input", left));
                case "--schema" ->
                    schema = once(option, schema, value(option, "a file with CREATE STREAM statements", left));
                case "--event-time" -> eventTime = flag(equals, left);
                case "--late" -> late = late(value(option, Texts.DURATION_EXPECTED, left));
                default ->
                    throw new ReplayException(RecordingReader.printable(word) + ": no option of replay; " + USAGE);
            }
        }
        if (sql == null && rules.isEmpty()) {
            throw new ReplayException("--rule or --sql: missing; " + USAGE);
        }
        if (input == null) {
            throw new ReplayException("--input: missing (expected: a recording, or - for the standard input)");
        }
        return new ReplayOptions(
                List.copyOf(rules),
                Optional.ofNullable(sql),
                input,
                Optional.ofNullable(schema),
                eventTime,
                Optional.ofNullable(late));
    }

    private static String value(String option, String expected, Deque<String> left) throws ReplayException {
        if (left.isEmpty() || left.peek().isEmpty()) {
            throw new ReplayException(option + ": missing (expected: " + expected + ")");
        }
        return left.remove();
    }

    private static String once(String option, String before, String value) throws ReplayException {
        if (before != null) {
            throw new ReplayException(option + ": stands there twice (expected: once)");
        }
        return value;
    }

    private static boolean flag(int equals, Deque<String> left) throws ReplayException {
        if (equals > 0) {
            throw new ReplayException("--event-time=" + left.peek() + " (expected: --event-time alone)");
        }
        return true;
    }

    private static Duration late(String text) throws ReplayException {
        return Texts.duration(text)
                .filter(duration -> !duration.isNegative())
                .orElseThrow(
                        () -> new ReplayException("--late: " + text + " (expected: " + Texts.DURATION_EXPECTED + ")"));
    }
}
