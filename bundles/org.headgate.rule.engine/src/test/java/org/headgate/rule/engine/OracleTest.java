package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random rules over random rows give what an evaluation from scratch gives. */
class OracleTest {
    private static final int RULES = Boolean.getBoolean("headgate.long") ? 200_000 : 1_000;

    @Test
    void theEngineGivesWhatAnEvaluationFromScratchGives() {
        long results = 0;
        for (long seed = 0; seed < RULES; seed++) {
            Random random = new Random(seed);
            NaiveRule naive = new NaiveRule(random, false);
            List<RandomFeed.Arrival> rows = RandomFeed.rows(random, List.of("boiler"), 1 + random.nextInt(80), 0);
            List<String> out = new ArrayList<>();
            RuleProgram rule = RandomFeed.rule(naive.sql(), RuleOptions.DEFAULT, out::add);
            rows.forEach(row -> RandomFeed.feed(rule, row));
            rule.finish();
            List<String> expected = naive.results(rows);
            assertThat(out.stream().map(OracleTest::withoutClock))
                    .as("seed %d: %s", seed, naive.sql())
                    .containsExactlyElementsOf(expected);
            assertThat(rule.counters(0).imbalance()).isZero();
            assertThat(rule.counters(0).dropped()).isEmpty();
            results += expected.size();
        }
        assertThat(results).isGreaterThan(RULES * 3L);
    }

    /** Rows that arrive in any order give what they give in the order of their times. */
    @Test
    void soItIsInEventTimeWhateverTheOrderOfArrival() {
        for (long seed = 0; seed < RULES; seed++) {
            Random random = new Random(seed);
            NaiveRule naive = new NaiveRule(random, true);
            List<RandomFeed.Arrival> rows =
                    new ArrayList<>(RandomFeed.rows(random, List.of("boiler"), 1 + random.nextInt(80), 0));
            List<String> expected = naive.results(distinct(rows));
            List<RandomFeed.Arrival> shuffled = shuffled(distinct(rows), random);
            List<String> out = new ArrayList<>();
            RuleProgram rule =
                    RandomFeed.rule(naive.sql(), RuleOptions.DEFAULT.inEventTime(3 * RandomFeed.SECOND), out::add);
            shuffled.forEach(row -> rule.row(0, row.row(), row.atNanos()));
            rule.finish();
            assertThat(out.stream().map(OracleTest::withoutClock))
                    .as("seed %d: %s", seed, naive.sql())
                    .containsExactlyElementsOf(expected);
            assertThat(rule.counters(0).imbalance()).isZero();
            assertThat(rule.counters(0).dropped()).isEmpty();
        }
    }

    /** Rows of one instant have no order of their own once they are shuffled. */
    private static List<RandomFeed.Arrival> distinct(List<RandomFeed.Arrival> rows) {
        List<RandomFeed.Arrival> distinct = new ArrayList<>();
        long before = Long.MIN_VALUE;
        for (RandomFeed.Arrival row : rows) {
            if (row.atNanos() != before) {
                distinct.add(row);
            }
            before = row.atNanos();
        }
        return distinct;
    }

    /** Each row is late by less than the rule waits. */
    private static List<RandomFeed.Arrival> shuffled(List<RandomFeed.Arrival> rows, Random random) {
        List<RandomFeed.Arrival> late = new ArrayList<>();
        for (RandomFeed.Arrival row : rows) {
            late.add(new RandomFeed.Arrival(0, row.row(), row.atNanos() + random.nextLong(3 * RandomFeed.SECOND)));
        }
        late.sort((a, b) -> Long.compare(a.atNanos(), b.atNanos()));
        return late;
    }

    private static String withoutClock(String line) {
        return line.substring(0, line.lastIndexOf(' '));
    }
}
