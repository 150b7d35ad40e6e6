package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.RuleParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are handed over together are worth what they are worth one by one: the same results, counters, state and health. */
class BatchTest {
    private static final Schema OTHER = Schema.of(
            Column.of("count", Type.LONG), Column.of("temperature", Type.DOUBLE), Column.of("name", Type.STRING));
    private static final ClockState[] CLOCKS = ClockState.values();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM boiler WHERE temperature > 50",
                "SELECT *, count + 1 AS next FROM boiler WHERE temperature > 20 AND temperature <= 80 AND count != 3",
                "SELECT last_hit_count() AS hits FROM boiler WHERE count BETWEEN 2 AND 4",
                "SELECT 10 / count AS fails FROM boiler",
                "SELECT count, avg(temperature) AS a, min(temperature) AS b, max(temperature) AS c, count(*) AS n FROM boiler "
                        + "WHERE temperature < 90 GROUP BY count, TUMBLINGWINDOW(ss, 2)",
                "SELECT count, sum(temperature) AS a, max(temperature) AS c FROM boiler GROUP BY count, COUNTWINDOW(7)",
                "SELECT name, avg(temperature) AS a FROM boiler WHERE count > 2 GROUP BY name, COUNTWINDOW(5)",
                "SELECT * FROM boiler GROUP BY COUNTWINDOW(4)",
                "SELECT avg(temperature) AS a, min(temperature) AS b FROM boiler GROUP BY HOPPINGWINDOW(ss, 3, 1)",
                "SELECT max(temperature) AS a FROM boiler GROUP BY SESSIONWINDOW(ss, 4, 1)",
                "SELECT * FROM boiler WHERE deadband(temperature, 20)",
                "SELECT * FROM boiler WHERE temperature > 10 AND swinging_door(temperature, 20, '2s')",
                "SELECT lag(temperature) AS before FROM boiler WHERE temperature > 50",
                "SELECT missing FROM boiler"
            })
    void rowsTogetherAreWorthWhatTheyAreWorthOneByOne(String sql) throws Exception {
        for (int seed = 0; seed < 30; seed++) {
            assertThat(together(sql, new Random(seed), true)).isEqualTo(together(sql, new Random(seed), false));
        }
    }

    private static String together(String sql, Random random, boolean batches) throws Exception {
        StringBuilder seen = new StringBuilder();
        RuleOptions limits = new RuleOptions(false, 0, 6, 50, 16 << 20, RuleOptions.DEFAULT.zone());
        RuleProgram program = new RuleProgram(
                "r",
                RuleParser.parse(sql),
                Recording.FUNCTIONS,
                Inputs.NONE,
                limits,
                row -> seen.append(row).append(row.clock()).append('\n'));
        long now = 1_000_000_000_000L;
        for (int i = 0; i < 40; i++) {
            now += random.nextInt(900) * 1_000_000L;
            List<Row> rows = new ArrayList<>();
            for (int left = random.nextInt(12); left > 0; left--) {
                rows.add(row(random, now - left, random.nextInt(200) == 0));
            }
            Row[] array = rows.toArray(Row[]::new);
            if (batches) {
                program.rows(0, array, 0, array.length, now, now);
            } else {
                for (Row row : array) {
                    program.row(0, row, now);
                }
            }
            seen.append(program.counters(0)).append(program.state(now)).append(program.detail(now));
            seen.append(program.errors()).append('\n');
        }
        byte[] state = program.state();
        return seen.append(Arrays.toString(state)).toString();
    }

    private static Row row(Random random, long nanos, boolean other) {
        Schema schema = other ? OTHER : Recording.BOILER;
        RowBuilder row = Row.builder(schema);
        if (random.nextInt(10) > 0) {
            row.set(schema.indexOf("temperature"), random.nextDouble() * 100);
        }
        if (random.nextInt(10) > 0) {
            row.set(schema.indexOf("count"), (long) random.nextInt(8));
        }
        row.set(schema.indexOf("name"), "n" + random.nextInt(3));
        return row.build(nanos, CLOCKS[random.nextInt(CLOCKS.length)]);
    }
}
