package org.headgate.rule.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.headgate.data.api.Row;
import org.headgate.rule.engine.NaiveRule.Part;

/** The windows of a {@link NaiveRule}: each looks at all rows at once. */
final class NaiveWindows {
    private static final long SECOND = RandomFeed.SECOND;

    private NaiveWindows() {}

    /** Rows that belong together, and when they are put out. */
    record Group(long atNanos, List<RandomFeed.Arrival> rows) {}

    /**
     * A window of a kind, and which rows come out of it together.
     *
     * @param kind 0 to 2 are windows that see only the rows of WHERE
     * @param strict how many nanoseconds beyond its silence a session waits
     */
    static Part<Function<List<RandomFeed.Arrival>, List<Group>>> window(Random random, int kind, long strict) {
        int size = 1 + random.nextInt(8);
        int part = 1 + random.nextInt(size);
        long sizeNanos = size * SECOND;
        long partNanos = part * SECOND;
        return switch (kind) {
            case 0 -> new Part<>("TUMBLINGWINDOW(ss, %d)".formatted(size), rows -> hopping(rows, sizeNanos, sizeNanos));
            case 1 ->
                new Part<>(
                        "HOPPINGWINDOW(ss, %d, %d)".formatted(size, part), rows -> hopping(rows, sizeNanos, partNanos));
            case 2 ->
                new Part<>(
                        "SESSIONWINDOW(ss, %d, %d)".formatted(size, part),
                        rows -> session(rows, sizeNanos, partNanos, strict));
            case 3 -> new Part<>("COUNTWINDOW(%d, %d)".formatted(size, part), rows -> count(rows, size, part));
            case 4 -> new Part<>("COUNTWINDOW(%d)".formatted(size), rows -> count(rows, size, size));
            case 5 -> {
                Part<Predicate<Row>> when = NaiveRule.pick(random, NaiveRule.CONDITIONS);
                yield new Part<>(
                        "SLIDINGWINDOW(ss, %d) OVER (WHEN %s)".formatted(size, when.sql()),
                        rows -> sliding(rows, sizeNanos, 0, when.means()));
            }
            case 6 ->
                new Part<>(
                        "SLIDINGWINDOW(ss, %d, %d)".formatted(size, part),
                        rows -> sliding(rows, sizeNanos, partNanos, row -> true));
            default -> {
                Part<Predicate<Row>> begin = NaiveRule.pick(random, NaiveRule.CONDITIONS);
                Part<Predicate<Row>> end = NaiveRule.pick(random, NaiveRule.CONDITIONS);
                yield new Part<>(
                        "STATEWINDOW(%s, %s)".formatted(begin.sql(), end.sql()),
                        rows -> states(rows, begin.means(), end.means()));
            }
        };
    }

    private static List<Group> hopping(List<RandomFeed.Arrival> rows, long size, long hop) {
        List<Group> windows = new ArrayList<>();
        if (!rows.isEmpty()) {
            long last = rows.get(rows.size() - 1).atNanos();
            for (long end = rows.get(0).atNanos() / hop * hop + hop; end <= last + size; end += hop) {
                windows.add(between(rows, end - size, end, end));
            }
        }
        return windows;
    }

    private static List<Group> session(List<RandomFeed.Arrival> rows, long longest, long silence, long strict) {
        List<Group> windows = new ArrayList<>();
        int from = 0;
        while (from < rows.size()) {
            long start = rows.get(from).atNanos();
            long check = (start + longest + longest - 1) / longest * longest;
            int to = from + 1;
            while (to < rows.size()
                    && rows.get(to).atNanos() < rows.get(to - 1).atNanos() + silence + strict
                    && rows.get(to).atNanos() < check) {
                to++;
            }
            windows.add(new Group(Math.min(check, rows.get(to - 1).atNanos() + silence), rows.subList(from, to)));
            from = to;
        }
        return windows;
    }

    private static List<Group> count(List<RandomFeed.Arrival> rows, int size, int hop) {
        List<Group> windows = new ArrayList<>();
        for (int i = 1; i <= rows.size(); i++) {
            if (i >= size && i % hop == 0) {
                windows.add(new Group(rows.get(i - 1).atNanos(), rows.subList(i - size, i)));
            }
        }
        return windows;
    }

    private static List<Group> sliding(List<RandomFeed.Arrival> rows, long size, long delay, Predicate<Row> when) {
        List<Group> windows = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            long at = rows.get(i).atNanos();
            if (when.test(rows.get(i).row())) {
                windows.add(
                        delay == 0
                                ? between(rows.subList(0, i + 1), at - size, at + 1, at)
                                : between(rows, at - size, at + delay, at + delay));
            }
        }
        return windows;
    }

    private static List<Group> states(List<RandomFeed.Arrival> rows, Predicate<Row> begin, Predicate<Row> end) {
        List<Group> windows = new ArrayList<>();
        int from = -1;
        for (int i = 0; i < rows.size(); i++) {
            if (from < 0) {
                from = begin.test(rows.get(i).row()) ? i : -1;
            } else if (end.test(rows.get(i).row())) {
                windows.add(new Group(rows.get(i).atNanos(), rows.subList(from, i + 1)));
                from = -1;
            }
        }
        return windows;
    }

    private static Group between(List<RandomFeed.Arrival> rows, long from, long to, long at) {
        return new Group(
                at,
                rows.stream()
                        .filter(row -> row.atNanos() >= from && row.atNanos() < to)
                        .collect(Collectors.toList()));
    }
}
