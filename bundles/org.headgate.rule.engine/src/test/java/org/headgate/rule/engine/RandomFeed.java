package org.headgate.rule.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.Query;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.RuleParser;
import org.headgate.rule.language.Table;

/** Random rows of two streams for rules that are run from scratch: the same seed gives the same rows. */
final class RandomFeed {
    static final long SECOND = 1_000_000_000L;
    static final Schema PUMP = Schema.of(Column.of("name", Type.STRING), Column.of("speed", Type.LONG));
    private static final Schema LIMITS = Schema.of(Column.of("name", Type.STRING), Column.of("most", Type.DOUBLE));
    private static final Table TABLE = new Table(
            LIMITS,
            List.of(
                    Row.builder(LIMITS).set(0, "a").set(1, 5.0).build(0, ClockState.SYNCED),
                    Row.builder(LIMITS).set(0, "b").set(1, 15.0).build(0, ClockState.SYNCED),
                    Row.builder(LIMITS).set(0, "b").set(1, 16.0).build(0, ClockState.SYNCED)));

    /** The streams {@code boiler} and {@code pump}, and the table {@code limits}. */
    static final Inputs KNOWN = new Inputs() {
        @Override
        public Optional<Schema> stream(String name) {
            return switch (name) {
                case "boiler" -> Optional.of(Recording.BOILER);
                case "pump" -> Optional.of(PUMP);
                default -> Optional.empty();
            };
        }

        @Override
        public Optional<Table> table(String name) {
            return name.equals("limits") ? Optional.of(TABLE) : Optional.empty();
        }
    };

    /** A row as it arrives. */
    record Arrival(int input, Row row, long atNanos) {}

    private RandomFeed() {}

    /**
     * Rows of a rule's streams, some of them at the same instant.
     *
     * @param disorder how far the rows' own times lie behind their arrival
     */
    static List<Arrival> rows(Random random, List<String> sources, int count, long disorder) {
        List<Arrival> rows = new ArrayList<>();
        long now = 1_000 * SECOND;
        for (int i = 0; i < count; i++) {
            now += pause(random);
            int input = sources.size() > 1 && sources.get(1).equals("pump") ? random.nextInt(2) : 0;
            long own = disorder == 0 ? now : now - random.nextLong(disorder) / SECOND * SECOND;
            rows.add(new Arrival(input, input == 0 ? boiler(random, own) : pump(random, own), now));
        }
        return rows;
    }

    private static long pause(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> SECOND;
            case 2 -> random.nextLong(9 * SECOND);
            default -> random.nextLong(2 * SECOND);
        };
    }

    private static Row boiler(Random random, long time) {
        RowBuilder row = Row.builder(Recording.BOILER);
        switch (random.nextInt(10)) {
            case 0 -> {}
            case 1 -> row.bad(0);
            case 2 -> row.set(0, random.nextInt(20) / 2.0).uncertain(0);
            default -> row.set(0, random.nextInt(40) / 2.0);
        }
        if (random.nextInt(8) > 0) {
            row.set(1, (long) random.nextInt(6));
        }
        if (random.nextInt(8) > 0) {
            row.set(2, String.valueOf((char) ('a' + random.nextInt(3))));
        }
        if (random.nextInt(8) > 0) {
            row.set(3, random.nextBoolean());
        }
        return row.build(time, ClockState.values()[random.nextInt(3)]);
    }

    private static Row pump(Random random, long time) {
        RowBuilder row = Row.builder(PUMP);
        if (random.nextInt(6) > 0) {
            row.set(0, String.valueOf((char) ('a' + random.nextInt(3))));
        }
        return row.set(1, (long) random.nextInt(5)).build(time, ClockState.SYNCED);
    }

    static Query query(String sql) {
        try {
            return RuleParser.parse(sql);
        } catch (RuleException wrong) {
            throw new IllegalArgumentException(sql, wrong);
        }
    }

    /** A rule that writes what it puts out. */
    static RuleProgram rule(String sql, RuleOptions options, Consumer<String> output) {
        return new RuleProgram("r", query(sql), Recording.FUNCTIONS, KNOWN, options, row -> output.accept(line(row)));
    }

    private static String line(Row row) {
        return Recording.text(row) + " " + row.clock();
    }

    /** Lets a row arrive; what is due before it has been done by then. */
    static void feed(RuleProgram rule, Arrival arrival) {
        runUntil(rule, arrival.atNanos());
        rule.row(arrival.input(), arrival.row(), arrival.atNanos());
    }

    static void runUntil(RuleProgram rule, long nanos) {
        runUntil(rule, nanos, 0);
    }

    /** The same with a wall clock that is ahead of the monotonic one. */
    static void runUntil(RuleProgram rule, long monotonicNanos, long aheadNanos) {
        for (long due = rule.deadlineNanos();
                due <= monotonicNanos && due != Long.MAX_VALUE;
                due = rule.deadlineNanos()) {
            rule.advance(due + aheadNanos, due);
        }
    }
}
