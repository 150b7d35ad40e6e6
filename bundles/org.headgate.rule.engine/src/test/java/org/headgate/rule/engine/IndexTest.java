package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.language.Inputs;
import org.headgate.stream.api.Publisher;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** Rules that an index finds put out what they put out when each is asked, and count the same: a million pairs of a row and a rule. */
class IndexTest {
    private static final int RULES = 1_000;
    private static final int ROWS = Boolean.getBoolean("headgate.long") ? 20_000 : 1_000;
    private static final Schema FIRST = Schema.of(
            Column.of("d", Type.DOUBLE),
            Column.of("l", Type.LONG),
            Column.of("s", Type.STRING),
            Column.of("b", Type.BOOLEAN));
    /** The same columns elsewhere, and of other types. */
    private static final Schema SECOND = Schema.of(
            Column.of("s", Type.STRING),
            Column.of("l", Type.DOUBLE),
            Column.of("b", Type.BOOLEAN),
            Column.of("d", Type.LONG));

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0.0",
            "1",
            "1.0",
            "1.5",
            "-3",
            "7",
            "9007199254740992",
            "9007199254740993",
            "9.007199254740993E15",
            "9223372036854775807",
            "-9223372036854775808",
            "1e300",
            "0.1");
    private static final List<String> TEXTS = List.of("''", "'a'", "'b'", "'B'", "'1'");
    private static final List<String> OPERATORS = List.of("=", "=", "=", "<", "<=", ">", ">=", "!=");

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final FakeBus bus = new FakeBus(system);
    private final Publisher source = bus.publisher("x");
    private final StreamRules indexed = new StreamRules("x", bus, system, system.loop("rules"));

    /** A rule twice: behind the index, and asked for every row. */
    private static final class Twin {
        final String sql;
        final List<String> found = new ArrayList<>();
        final List<String> expected = new ArrayList<>();
        final RuleProgram behind;
        final RuleProgram asked;

        Twin(String sql) {
            this.sql = sql;
            behind = program(found);
            asked = program(expected);
        }

        private RuleProgram program(List<String> output) {
            return new RuleProgram(
                    "r",
                    RandomFeed.query(sql),
                    Recording.FUNCTIONS,
                    Inputs.NONE,
                    RuleOptions.DEFAULT,
                    row -> output.add(Recording.text(row)));
        }

        void compare() {
            assertThat(found).as(sql).isEqualTo(expected);
            FlowSnapshot one = behind.counters(0);
            assertThat(one).as(sql).isEqualTo(asked.counters(0));
            assertThat(one.imbalance()).as(sql).isZero();
        }
    }

    @Test
    void whatTheIndexLeavesOutWouldHaveBeenRefused() {
        Random random = new Random(4);
        List<Twin> twins = new ArrayList<>();
        for (int i = 0; i < RULES; i++) {
            twins.add(new Twin(rule(random)));
            indexed.add(twins.get(i).behind);
        }
        long emitted = 0;
        for (int i = 0; i < ROWS; i++) {
            Row row = row(random, i / 250 % 2 == 0 ? FIRST : SECOND);
            long now = system.epochNanos();
            source.publish(row);
            system.run();
            for (Twin twin : twins) {
                twin.asked.row(0, row, now, system.monotonicNanos());
            }
            system.advance(Duration.ofMillis(random.nextInt(400)));
            for (Twin twin : twins) {
                RandomFeed.runUntil(twin.asked, system.monotonicNanos(), system.epochNanos() - system.monotonicNanos());
            }
            if (random.nextInt(20) == 0) {
                int at = random.nextInt(RULES);
                indexed.remove(twins.get(at).behind);
                twins.get(at).compare();
                emitted += twins.get(at).found.size();
                twins.set(at, new Twin(rule(random)));
                indexed.add(twins.get(at).behind);
            }
            if (random.nextInt(50) == 0) {
                indexed.settle();
                twins.get(random.nextInt(RULES)).compare();
            }
        }
        indexed.settle();
        twins.forEach(Twin::compare);
        emitted += twins.stream().mapToLong(twin -> twin.found.size()).sum();
        // Neither everything nor nothing is let through, and most rules are really found by the index.
        assertThat(emitted).isBetween(ROWS * RULES / 50L, ROWS * RULES / 2L);
        assertThat(twins.stream()
                        .filter(twin -> !twin.behind
                                .linked()
                                .map(LinkedRule::predicates)
                                .orElse(List.of())
                                .isEmpty())
                        .count())
                .isGreaterThan(RULES / 2);
    }

    private static String rule(Random random) {
        String where = condition(random, 2);
        return switch (random.nextInt(12)) {
            case 0 -> "SELECT count(*) AS n, max(d) AS m FROM x WHERE " + where + " GROUP BY TUMBLINGWINDOW(ss, 3)";
            case 1 -> "SELECT count(*) AS n FROM x WHERE " + where + " GROUP BY s, HOPPINGWINDOW(ss, 5, 2)";
            case 2 -> "SELECT count(*) AS n FROM x WHERE " + where + " GROUP BY COUNTWINDOW(7)";
            case 3 -> "SELECT l, lag(l) AS p FROM x WHERE " + where;
            case 4 -> "SELECT d FROM x WHERE deadband(d, 1) AND " + where;
            case 5 -> "SELECT last_hit_count() AS h FROM x WHERE " + where;
            default -> "SELECT d, l, s FROM x WHERE " + where;
        };
    }

    private static String condition(Random random, int depth) {
        String part = part(random);
        return switch (depth == 0 ? 9 : random.nextInt(6)) {
            case 0 -> part + " OR " + condition(random, depth - 1);
            case 1, 2 -> part + " AND (" + condition(random, depth - 1) + ")";
            case 3 -> "(" + condition(random, depth - 1) + ") AND " + part;
            default -> part;
        };
    }

    private static String part(Random random) {
        String column = random.nextBoolean() ? "d" : "l";
        return switch (random.nextInt(9)) {
            case 0 -> "s = " + pick(random, TEXTS);
            case 1 -> "s IN (" + pick(random, TEXTS) + ", " + pick(random, TEXTS) + ")";
            case 2 -> column + " IN (" + pick(random, NUMBERS) + ", " + pick(random, NUMBERS) + ", 1)";
            case 3 -> column + " BETWEEN " + pick(random, NUMBERS) + " AND " + pick(random, NUMBERS);
            case 4 -> random.nextBoolean() ? "b" : "b = " + random.nextBoolean();
            case 5 -> pick(random, NUMBERS) + " " + pick(random, OPERATORS) + " " + column;
            case 6 -> column + " NOT IN (0, 1)";
            default -> column + " " + pick(random, OPERATORS) + " " + pick(random, NUMBERS);
        };
    }

    private static Row row(Random random, Schema schema) {
        RowBuilder row = Row.builder(schema);
        for (int i = 0; i < schema.size(); i++) {
            if (random.nextInt(10) == 0) {
                continue;
            }
            switch (schema.type(i)) {
                case DOUBLE -> row.set(i, Double.parseDouble(pick(random, NUMBERS)));
                case LONG -> row.set(i, whole(random));
                case STRING -> row.set(i, pick(random, TEXTS).replace("'", ""));
                default -> row.set(i, random.nextBoolean());
            }
        }
        return row.build(0, ClockState.SYNCED);
    }

    private static long whole(Random random) {
        List<Long> values =
                List.of(0L, 1L, -3L, 7L, (1L << 53) - 1, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE, 2L);
        return pick(random, values);
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
