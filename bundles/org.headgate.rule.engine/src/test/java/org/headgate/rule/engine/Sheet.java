package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.Table;
import org.junit.jupiter.api.DynamicTest;

/**
 * Rules by small tables. A line of input is {@code second stream values}: {@code boiler} has temperature, count, name and pump, {@code pump} has name and
 * speed; {@code 7@3 boiler ...} is a row of second 3 that arrives at second 7; a second alone lets time pass. {@code -} is ABSENT, {@code !} BAD. A
 * line of output is {@code second: column=value ...}; a null is left out. There is a table {@code limits}: a=5.0, b=15.0, b=16.0. What is dropped
 * stands behind the results.
 */
final class Sheet {
    private static final long SECOND = RandomFeed.SECOND;
    private static final Schema DEMO =
            Schema.of(Column.of("color", Type.STRING), Column.of("size", Type.LONG), Column.of("ts", Type.LONG));
    private static final Schema DEMO1 = Schema.of(
            Column.of("temp", Type.DOUBLE),
            Column.of("hum", Type.LONG),
            Column.of("from", Type.STRING),
            Column.of("ts", Type.LONG));
    private static final Map<String, Schema> STREAMS =
            Map.of("boiler", Recording.BOILER, "pump", RandomFeed.PUMP, "demo", DEMO, "demo1", DEMO1, "session", DEMO1);
    private static final Inputs KNOWN = new Inputs() {
        @Override
        public Optional<Schema> stream(String name) {
            return Optional.ofNullable(STREAMS.get(name));
        }

        @Override
        public Optional<Table> table(String name) {
            return RandomFeed.KNOWN.table(name);
        }
    };

    private Sheet() {}

    /** In processing time. */
    static DynamicTest rule(String says, String sql, String input, String expected) {
        return rule(says, sql, RuleOptions.DEFAULT, input, expected);
    }

    /** In event time; a row may be so many seconds late. */
    static DynamicTest eventTime(String says, String sql, int late, String input, String expected) {
        return rule(says, sql, RuleOptions.DEFAULT.inEventTime(late * SECOND), input, expected);
    }

    /** With days of a time zone. */
    static DynamicTest in(String zone, String says, String sql, String input, String expected) {
        RuleOptions options = new RuleOptions(false, 0, 10, 1000, 16 << 20, ZoneId.of(zone));
        return rule(says, sql, options, input, expected);
    }

    private static DynamicTest rule(String says, String sql, RuleOptions options, String input, String expected) {
        return DynamicTest.dynamicTest(says, () -> {
            List<String> lines = new ArrayList<>();
            RuleProgram program = new RuleProgram(
                    "r",
                    RandomFeed.query(sql),
                    Recording.FUNCTIONS,
                    KNOWN,
                    options,
                    row -> lines.add(Recording.text(row)));
            input.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> line(program, line));
            program.finish();
            for (int i = 0; i < program.sources().size(); i++) {
                String stream = program.sources().get(i);
                assertThat(program.counters(i).imbalance()).as(stream).isZero();
                program.counters(i)
                        .dropped()
                        .forEach((why, rows) -> lines.add(stream + " dropped " + why + " " + rows));
            }
            assertThat(program.detail(0)).isEmpty();
            assertThat(String.join("\n", lines))
                    .isEqualTo(expected.strip().lines().map(String::strip).collect(Collectors.joining("\n")));
        });
    }

    /** Seconds; milliseconds where there are so many of them. */
    private static long nanos(String time) {
        long number = Long.parseLong(time);
        return number > 1_000_000_000_000L ? number * 1_000_000 : number * SECOND;
    }

    private static void line(RuleProgram program, String line) {
        String[] words = line.split("\\s+");
        String[] times = words[0].split("@");
        long at = nanos(times[0]);
        RandomFeed.runUntil(program, at);
        if (words.length == 1) {
            program.advance(at);
            return;
        }
        Schema schema = STREAMS.get(words[1]);
        RowBuilder row = Row.builder(schema);
        for (int i = 0; i < schema.size(); i++) {
            switch (words[i + 2]) {
                case "-" -> {}
                case "!" -> row.bad(i);
                default -> row.set(i, Recording.value(schema.type(i), words[i + 2]));
            }
        }
        long own = times.length == 1 ? at : nanos(times[1]);
        program.row(program.sources().indexOf(words[1]), row.build(own, ClockState.SYNCED), at);
    }
}
