package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.headgate.data.api.FlowSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A rule is killed at a random row and goes on with its last checkpoint: what it puts out is what a run puts out that lacks only the rows in
 * between. When it is stopped instead, it lacks none.
 */
class KillTest {
    private static final int SEEDS = Boolean.getBoolean("headgate.long") ? 2_000 : 25;
    private static final int ROWS = 60;
    static final List<String> WINDOWS = List.of(
            "TUMBLINGWINDOW(ss, 4)",
            "TUMBLINGWINDOW(ss, 4) FILTER (WHERE pump)",
            "HOPPINGWINDOW(ss, 6, 2)",
            "HOPPINGWINDOW(ss, 5, 3)",
            "SLIDINGWINDOW(ss, 3)",
            "SLIDINGWINDOW(ss, 3, 2)",
            "SLIDINGWINDOW(ss, 4) OVER (WHEN count > 3)",
            "SESSIONWINDOW(ss, 6, 1)",
            "COUNTWINDOW(4)",
            "COUNTWINDOW(4, 2)",
            "STATEWINDOW(count = 1, count = 4)");

    static final List<String> WITHOUT_WINDOW = List.of(
            "SELECT * FROM boiler WHERE count > 2",
            "SELECT lag(temperature) AS l, latest(count, 7) AS n, lag(count, 3) AS m, had_changed(true, name, pump) AS c FROM boiler",
            "SELECT lag(temperature) OVER (PARTITION BY name, pump WHEN count > 1) AS l, acc_sum(count) OVER (PARTITION BY name) AS s FROM boiler",
            "SELECT changed_col(true, name) AS c, changed_cols('p_', true, *) FROM boiler",
            "SELECT acc_avg(temperature) AS a, acc_max(count) AS b, acc_min(count) AS c, acc_count(name) AS d FROM boiler",
            "SELECT hysteresis(temperature, 5, 15) AS h, ewma(temperature, 0.3) AS e, rate_of_change(temperature) AS r FROM boiler",
            "SELECT consecutive_count(pump) AS a, consecutive_start(pump, count) AS b, change_to(count, 3, true) AS c FROM boiler",
            "SELECT count, last_hit_count() AS h, last_hit_time() AS t FROM boiler WHERE count > 2",
            "SELECT temperature FROM boiler WHERE deadband(temperature, 4)",
            "SELECT temperature FROM boiler WHERE deadband(temperature, 4) AND pump OR heartbeat('3s')",
            "SELECT count FROM boiler WHERE heartbeat('2s')",
            "SELECT temperature, count FROM boiler WHERE swinging_door(temperature, 3)",
            "SELECT temperature, lag(count) AS l FROM boiler WHERE swinging_door(temperature, 2, '4s') AND count > 0",
            "SELECT boiler.name, most, temperature, lag(count) AS l FROM boiler LEFT JOIN limits ON boiler.name = limits.name WHERE temperature > 3",
            "SELECT unnest(array_create(count, 7)) AS x, count FROM boiler WHERE count = 2 OR lag(count) = 2");

    private static final List<String> SELECTS = List.of(
            "SELECT name, avg(temperature) AS a, min(count) AS b, max(count) AS c, sum(count) AS s, count(*) AS n, count(temperature) AS t, last_value(count, true) AS l FROM boiler GROUP BY name, %s",
            "SELECT stddev(temperature) AS a, percentile(temperature, 0.5) AS p, median(temperature) AS m, percentile_approx(temperature, 0.9) AS q, collect(count) AS c, var(temperature) AS v FROM boiler GROUP BY %s",
            "SELECT deduplicate(name, true) AS d, time_weighted_avg(temperature) AS w, integral(temperature) AS i, max(temperature) FILTER (WHERE pump) AS f, window_start() AS ws FROM boiler WHERE count > 0 GROUP BY %s HAVING count(*) > 1",
            "SELECT *, lag(count) AS l FROM boiler WHERE count > 1 GROUP BY %s ORDER BY count DESC, temperature LIMIT 3",
            "SELECT lag(temperature) AS l, acc_count(count) AS n, row_number() AS r FROM boiler GROUP BY %s",
            "SELECT pump, latest(name) AS x, count(*) AS n, last_agg_hit_count() AS h FROM boiler WHERE deadband(temperature, 2) OR true GROUP BY pump, %s");

    private static final List<String> JOINS = List.of("INNER", "LEFT", "RIGHT", "FULL");

    static Stream<String> rules() {
        List<String> rules = new ArrayList<>(WITHOUT_WINDOW);
        for (String window : WINDOWS) {
            SELECTS.stream()
                    .filter(sql -> !sql.contains("deadband") || window.matches("(TUMBLING|HOPPING|SESSION).*"))
                    .forEach(sql -> rules.add(sql.formatted(window)));
            rules.add(("SELECT boiler.name AS a, pump.name AS b, temperature, speed FROM boiler " + join(rules.size())
                            + " JOIN pump ON boiler.name = pump.name WHERE count > 1 OR speed > 1 GROUP BY %s")
                    .formatted(window.replace("pump)", "boiler.pump OR speed > 0)")));
        }
        rules.add(
                "SELECT count, speed, most FROM boiler CROSS JOIN pump LEFT JOIN limits ON pump.name = limits.name GROUP BY"
                        + " TUMBLINGWINDOW(ss, 3)");
        rules.add("SELECT unnest(collect(*)) AS c FROM boiler GROUP BY COUNTWINDOW(3)");
        return rules.stream();
    }

    private static String join(int number) {
        return JOINS.get(number % JOINS.size());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleThatIsKilledLacksOnlyTheRowsSinceItsCheckpoint(String sql) {
        for (long seed = 0; seed < SEEDS; seed++) {
            kill(sql, RuleOptions.DEFAULT, 0, seed);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void soItIsInEventTime(String sql) {
        for (long seed = 0; seed < SEEDS; seed++) {
            kill(sql, RuleOptions.DEFAULT.inEventTime(2 * RandomFeed.SECOND), 4 * RandomFeed.SECOND, seed);
        }
    }

    @Test
    void theRulesPutSomethingOut() {
        rules().forEach(sql -> {
            List<String> out = new ArrayList<>();
            RuleProgram rule = RandomFeed.rule(sql, RuleOptions.DEFAULT, out::add);
            RandomFeed.rows(new Random(1), RandomFeed.query(sql).sources(), 300, 0)
                    .forEach(row -> RandomFeed.feed(rule, row));
            assertThat(out).as(sql).hasSizeGreaterThan(5);
            assertThat(rule.state(0)).as(sql + rule.detail(0)).isNotNull();
        });
    }

    private static void kill(String sql, RuleOptions options, long disorder, long seed) {
        Random random = new Random(seed);
        List<RandomFeed.Arrival> rows =
                RandomFeed.rows(random, RandomFeed.query(sql).sources(), ROWS, disorder);
        int checkpoint = random.nextInt(ROWS);
        int killed = random.nextInt(3) == 0 ? checkpoint : checkpoint + random.nextInt(ROWS - checkpoint);

        List<String> out = new ArrayList<>();
        RuleProgram first = RandomFeed.rule(sql, options, out::add);
        rows.subList(0, checkpoint).forEach(row -> RandomFeed.feed(first, row));
        final byte[] state = first.state();
        assertThat(first.state()).as("looking changes nothing").isEqualTo(state);
        RuleProgram second = RandomFeed.rule(sql, options, out::add);
        second.restore(state);
        rows.subList(killed, ROWS).forEach(row -> RandomFeed.feed(second, row));
        second.finish();

        List<String> expected = new ArrayList<>();
        RuleProgram whole = RandomFeed.rule(sql, options, expected::add);
        rows.subList(0, checkpoint).forEach(row -> RandomFeed.feed(whole, row));
        rows.subList(killed, ROWS).forEach(row -> RandomFeed.feed(whole, row));
        whole.finish();

        assertThat(out)
                .as("%s, seed %d, rows %d to %d missing", sql, seed, checkpoint, killed)
                .isEqualTo(expected);
        for (int input = 0; input < RandomFeed.query(sql).sources().size(); input++) {
            balanced(first.counters(input), second.counters(input), whole.counters(input), sql + seed);
        }
    }

    private static void balanced(FlowSnapshot first, FlowSnapshot second, FlowSnapshot whole, String what) {
        assertThat(first.imbalance()).as(what).isZero();
        assertThat(second.imbalance()).as(what).isZero();
        assertThat(second.recovered()).as(what).isEqualTo(first.queued());
        assertThat(first.in() + second.in()).as(what).isEqualTo(whole.in());
        assertThat(first.passed() + second.passed()).as(what).isEqualTo(whole.passed());
        assertThat(first.filtered() + second.filtered()).as(what).isEqualTo(whole.filtered());
        assertThat(first.aggregated() + second.aggregated()).as(what).isEqualTo(whole.aggregated());
        assertThat(first.droppedRows() + second.droppedRows()).as(what).isEqualTo(whole.droppedRows());
        assertThat(second.queued()).as(what).isEqualTo(whole.queued());
    }
}
