package org.headgate.rule.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.headgate.data.api.Row;

/**
 * A rule that is evaluated from scratch over all rows at once: slow, without state, and short enough to be seen to be right. The same random choice
 * makes the rule's text and what it means.
 */
final class NaiveRule {
    /** A text of SQL and what it means. */
    record Part<T>(String sql, T means) {}

    static final List<Part<Predicate<Row>>> CONDITIONS = List.of(
            new Part<>("temperature > 9", row -> has(row, 0) && row.asDouble(0) > 9),
            new Part<>(
                    "count IN (1, 3, 4)",
                    row -> has(row, 1) && List.of(1L, 3L, 4L).contains(row.asLong(1))),
            new Part<>("name = 'a'", row -> has(row, 2) && row.asString(2).equals("a")),
            new Part<>("pump", row -> has(row, 3) && row.asBoolean(3)),
            new Part<>("NOT pump", row -> has(row, 3) && !row.asBoolean(3)),
            new Part<>("count IS NULL", row -> !has(row, 1)),
            new Part<>("count BETWEEN 2 AND 4", row -> has(row, 1) && row.asLong(1) >= 2 && row.asLong(1) <= 4),
            new Part<>("true", row -> true));

    private static final List<Part<Function<Row, Object>>> DIMENSIONS = List.of(
            new Part<>("name", row -> row.object(2)),
            new Part<>("pump", row -> row.object(3)),
            new Part<>("count", row -> row.object(1)),
            new Part<>("count % 2", row -> has(row, 1) ? (Object) (row.asLong(1) % 2) : null));

    private static final List<Part<Function<List<Row>, Object>>> AGGREGATES = List.of(
            new Part<>("count(*)", rows -> (long) rows.size()),
            new Part<>("count(temperature)", rows -> (long) doubles(rows).size()),
            new Part<>(
                    "sum(temperature)",
                    rows -> doubles(rows).stream().reduce(Double::sum).orElse(null)),
            new Part<>(
                    "avg(temperature)",
                    rows -> doubles(rows).isEmpty()
                            ? null
                            : (Object)
                                    (doubles(rows).stream().mapToDouble(x -> x).sum()
                                            / doubles(rows).size())),
            new Part<>(
                    "min(temperature)",
                    rows -> doubles(rows).stream().min(Double::compare).orElse(null)),
            new Part<>(
                    "max(count)",
                    rows -> longs(rows).stream().max(Long::compare).orElse(null)),
            new Part<>(
                    "sum(count)", rows -> longs(rows).stream().reduce(Long::sum).orElse(null)),
            new Part<>(
                    "avg(count)",
                    rows -> longs(rows).isEmpty()
                            ? null
                            : (Object) (longs(rows).stream().mapToLong(x -> x).sum()
                                    / longs(rows).size())),
            new Part<>(
                    "max(temperature) FILTER (WHERE pump)",
                    rows -> doubles(rows.stream()
                                    .filter(row -> has(row, 3) && row.asBoolean(3))
                                    .toList())
                            .stream()
                            .max(Double::compare)
                            .orElse(null)),
            new Part<>(
                    "last_value(count, true)",
                    rows -> longs(rows).isEmpty()
                            ? null
                            : longs(rows).get(longs(rows).size() - 1)));

    private final String sql;
    private final Predicate<Row> where;
    private final boolean whereFirst;
    private final Predicate<Row> filter;
    private final Function<List<RandomFeed.Arrival>, List<NaiveWindows.Group>> windows;
    private final List<Part<Function<Row, Object>>> dimensions = new ArrayList<>();
    private final List<Part<Function<List<Row>, Object>>> aggregates = new ArrayList<>();
    private final long least;

    /**
     * A random rule.
     *
     * @param eventTime whether a row that comes exactly when the silence is over still belongs to the session
     */
    NaiveRule(Random random, boolean eventTime) {
        Part<Predicate<Row>> condition = pick(random, CONDITIONS);
        Part<Predicate<Row>> filtered = pick(random, CONDITIONS);
        where = condition.means();
        IntStream.range(0, random.nextInt(3)).forEach(i -> dimensions.add(pick(random, DIMENSIONS)));
        IntStream.range(0, 1 + random.nextInt(4)).forEach(i -> aggregates.add(pick(random, AGGREGATES)));
        int kind = random.nextInt(8);
        Part<Function<List<RandomFeed.Arrival>, List<NaiveWindows.Group>>> window =
                NaiveWindows.window(random, kind, eventTime ? 1 : 0);
        whereFirst = kind < 3;
        boolean filters = random.nextInt(3) == 0;
        filter = filters ? filtered.means() : row -> true;
        windows = window.means();
        least = random.nextInt(3);
        StringBuilder text = new StringBuilder("SELECT ");
        for (int i = 0; i < dimensions.size(); i++) {
            text.append(dimensions.get(i).sql()).append(" AS d").append(i).append(", ");
        }
        for (int i = 0; i < aggregates.size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(aggregates.get(i).sql())
                    .append(" AS a")
                    .append(i);
        }
        text.append(" FROM boiler WHERE ").append(condition.sql()).append(" GROUP BY ");
        dimensions.forEach(dimension -> text.append(dimension.sql()).append(", "));
        text.append(window.sql());
        if (filters) {
            text.append(" FILTER (WHERE ").append(filtered.sql()).append(')');
        }
        sql = text.append(" HAVING count(*) > ").append(least).toString();
    }

    String sql() {
        return sql;
    }

    /** What comes out of all rows, line by line. */
    List<String> results(List<RandomFeed.Arrival> all) {
        List<RandomFeed.Arrival> rows = all.stream()
                .filter(row -> filter.test(row.row()) && (!whereFirst || where.test(row.row())))
                .toList();
        List<String> lines = new ArrayList<>();
        for (NaiveWindows.Group window : windows.apply(rows)) {
            Map<List<Object>, List<Row>> groups = new LinkedHashMap<>();
            for (RandomFeed.Arrival arrival : window.rows()) {
                if (where.test(arrival.row())) {
                    groups.computeIfAbsent(key(arrival.row()), key -> new ArrayList<>())
                            .add(arrival.row());
                }
            }
            groups.forEach((key, members) -> {
                if (members.size() > least) {
                    lines.add(line(window.atNanos(), key, members));
                }
            });
        }
        return lines;
    }

    private List<Object> key(Row row) {
        return Arrays.asList(
                dimensions.stream().map(each -> each.means().apply(row)).toArray());
    }

    private String line(long atNanos, List<Object> key, List<Row> members) {
        StringBuilder line = new StringBuilder(
                new BigDecimal(atNanos).movePointLeft(9).stripTrailingZeros().toPlainString() + ":");
        for (int i = 0; i < key.size(); i++) {
            value(line, "d" + i, key.get(i));
        }
        for (int i = 0; i < aggregates.size(); i++) {
            value(line, "a" + i, aggregates.get(i).means().apply(members));
        }
        return line.toString();
    }

    private static void value(StringBuilder line, String name, Object value) {
        if (value != null) {
            Object shown = value instanceof Double number ? (Object) (Math.rint(number * 1e9) / 1e9) : value;
            line.append(' ')
                    .append(name)
                    .append('=')
                    .append(String.valueOf(shown).toLowerCase(Locale.ROOT));
        }
    }

    private static boolean has(Row row, int column) {
        return !row.isNull(column);
    }

    private static List<Double> doubles(List<Row> rows) {
        return rows.stream()
                .map(row -> (Double) row.object(0))
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<Long> longs(List<Row> rows) {
        return rows.stream()
                .map(row -> (Long) row.object(1))
                .filter(Objects::nonNull)
                .toList();
    }

    static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
