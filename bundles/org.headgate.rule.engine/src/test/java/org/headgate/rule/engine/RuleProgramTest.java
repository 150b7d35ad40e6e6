package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.api.RuleStatus.State;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.RuleParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.helpers.NOPLogger;

class RuleProgramTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Schema ONE = Schema.of(new Column("value", Type.DOUBLE, "Cel"));
    private static final Schema TWO = Schema.of(Column.of("other", Type.LONG), new Column("value", Type.DOUBLE, "Cel"));
    private static final Schema TEXT = Schema.of(Column.of("value", Type.STRING));
    private final List<Row> out = new ArrayList<>();

    @Test
    void waitsForItsStreamAndRunsFromTheFirstRowOn() throws RuleException {
        RuleProgram rule = rule("SELECT value FROM s");
        assertThat(rule.state(0)).isEqualTo(State.WAITING_FOR_STREAM);
        rule.row(0, row(ONE, 1), 0);
        assertThat(rule.state(0)).isEqualTo(State.RUNNING);
    }

    @Test
    void linksAgainWhenTheSchemaChangesAndClosesTheWindowThatWasOpen() throws RuleException {
        RuleProgram rule = rule("SELECT sum(value) AS s FROM s GROUP BY TUMBLINGWINDOW(ss, 10)");
        rule.row(0, row(ONE, 1), SECOND);
        rule.row(0, row(ONE, 2), 2 * SECOND);
        rule.row(0, row(TWO, 5), 3 * SECOND);
        rule.advance(10 * SECOND);
        assertThat(out).extracting(row -> row.asDouble(0)).containsExactly(3.0, 5.0);
        assertThat(out).extracting(Row::timeNanos).containsExactly(3 * SECOND, 10 * SECOND);
    }

    @Test
    void isInvalidWhileItDoesNotFitItsStreamAndComesBackWhenItDoes() throws RuleException {
        RuleProgram rule = rule("SELECT value + 1 AS more FROM s");
        rule.row(0, row(ONE, 1), 0);
        rule.row(0, Row.builder(TEXT).set(0, "x").build(0, ClockState.SYNCED), 0);
        assertThat(rule.state(0)).isEqualTo(State.INVALID);
        assertThat(rule.detail(0)).isEqualTo("line 1, column 8: expected a number, found value (STRING)");
        rule.row(0, row(ONE, 2), 0);
        assertThat(rule.state(0)).isEqualTo(State.RUNNING);
        assertThat(out).extracting(row -> row.asDouble(0)).containsExactly(2.0, 3.0);
        assertThat(rule.counters(0).dropped()).isEqualTo(Map.of("error", 1L));
    }

    /**
     * The clock is set back in the middle of a window: its end is moved, so that it is a time of the clock as it is now. Marked as
     * UNSET, because the group's last row was, it would be corrected by the step once more.
     */
    @Test
    void aWindowThatWasMovedOverAStepIsNotMarkedOnceRowsOfASetClockHaveCome() throws RuleException {
        RuleProgram rule = rule("SELECT value, count(*) AS n FROM s GROUP BY value, TUMBLINGWINDOW(ss, 10)");
        rule.row(0, row(ONE, 1, ClockState.UNSET), 101 * SECOND, SECOND);
        rule.row(0, row(ONE, 2, ClockState.STEPPED), 52 * SECOND, 2 * SECOND);
        rule.advance(60 * SECOND, 10 * SECOND);
        assertThat(out).extracting(Row::timeNanos).containsExactly(60 * SECOND, 60 * SECOND);
        assertThat(out).extracting(Row::clock).containsExactly(ClockState.STEPPED, ClockState.STEPPED);
        // Without a step nothing is known but what the rows say.
        out.clear();
        rule.row(0, row(ONE, 1, ClockState.UNSET), 61 * SECOND, 11 * SECOND);
        rule.row(0, row(ONE, 2, ClockState.SYNCED), 62 * SECOND, 12 * SECOND);
        rule.advance(70 * SECOND, 20 * SECOND);
        assertThat(out).extracting(Row::clock).containsExactly(ClockState.UNSET, ClockState.SYNCED);
        // After one, the clock may not be set yet all the same.
        out.clear();
        rule.row(0, row(ONE, 1, ClockState.UNSET), 71 * SECOND, 21 * SECOND);
        rule.advance(22 * SECOND, 22 * SECOND);
        rule.row(0, row(ONE, 2, ClockState.UNSET), 23 * SECOND, 23 * SECOND);
        rule.advance(30 * SECOND, 30 * SECOND);
        assertThat(out).extracting(Row::clock).containsExactly(ClockState.UNSET, ClockState.UNSET);
    }

    private static Row row(Schema schema, double value, ClockState clock) {
        return Row.builder(schema).set(0, value).build(0, clock);
    }

    @Test
    void carriesUnitsAndTypesIntoAnInternedSchema() throws RuleException {
        RuleProgram rule =
                rule("SELECT avg(value) AS a, count(*) AS n, max(value) FROM s GROUP BY TUMBLINGWINDOW(ss, 1)");
        rule.row(0, row(ONE, 1), 0);
        rule.advance(SECOND);
        assertThat(out.get(0).schema())
                .isSameAs(Schema.of(
                        new Column("a", Type.DOUBLE, "Cel"),
                        Column.of("n", Type.LONG),
                        new Column("max", Type.DOUBLE, "Cel")));
    }

    @Test
    void passesTheRowItselfForSelectEverything() throws RuleException {
        Row row = row(ONE, 1);
        rule("SELECT * FROM s WHERE value = 1").row(0, row, 0);
        assertThat(out).singleElement().isSameAs(row);
    }

    @Test
    void keepsTheQualityOfAColumnThatIsHandedOn() throws RuleException {
        Row bad = Row.builder(ONE).bad(0).build(0, ClockState.SYNCED);
        rule("SELECT value AS v FROM s").row(0, bad, 0);
        assertThat(out.get(0).quality(0)).isEqualTo(Quality.BAD);
    }

    @Test
    void countsAFailingExpressionOncePerRowShowsTheFirstAndRecovers() throws RuleException {
        RuleProgram rule = rule("SELECT 1 / value AS a, 2 / value AS b FROM s");
        rule.row(0, row(ONE, 0), 0);
        assertThat(rule.errors()).isEqualTo(1);
        assertThat(rule.state(0)).isEqualTo(State.DEGRADED);
        assertThat(rule.detail(0)).contains("division by zero").contains("value=0.0");
        assertThat(out.get(0).isNull(0)).isTrue();
        rule.row(0, row(ONE, 1), 120 * SECOND);
        assertThat(rule.state(120 * SECOND)).isEqualTo(State.RUNNING);
    }

    @Test
    void failsInsteadOfWrappingAroundWhenAnIntegerDoesNotFit() throws RuleException {
        RuleProgram rule = rule("SELECT other + 1 AS a, other * 2 AS b, -other AS c, other - 1 AS d FROM s");
        rule.row(0, Row.builder(TWO).set(0, Long.MAX_VALUE).build(0, ClockState.SYNCED), 0);
        Row result = out.get(0);
        assertThat(List.of(result.isNull(0), result.isNull(1), result.isNull(2), result.isNull(3)))
                .containsExactly(true, true, false, false);
    }

    /** Who has one clock only and lets it go back: the window must not stay open for an hour. */
    @Test
    void closesTheWindowWhenTimeGoesBack() throws RuleException {
        RuleProgram rule = rule("SELECT count(*) AS n FROM s GROUP BY TUMBLINGWINDOW(ss, 10)");
        rule.row(0, row(ONE, 1), 3605 * SECOND);
        rule.row(0, row(ONE, 2), 5 * SECOND);
        rule.advance(10 * SECOND);
        assertThat(out).extracting(row -> row.asLong(0)).containsExactly(1L, 1L);
    }

    @Test
    void refusesRowsOfMoreGroupsThanTheLimitAndSaysSo() throws RuleException {
        RuleProgram rule = rule("SELECT count(*) AS n FROM s GROUP BY value, TUMBLINGWINDOW(ss, 10)");
        for (int i = 0; i < RuleOptions.DEFAULT.maxGroups() + 5; i++) {
            rule.row(0, row(ONE, i), 0);
        }
        assertThat(rule.counters(0).dropped()).isEqualTo(Map.of("limit", 5L));
        assertThat(rule.state(0)).isEqualTo(State.DEGRADED);
        rule.advance(10 * SECOND);
        assertThat(out).hasSize(RuleOptions.DEFAULT.maxGroups());
    }

    /** A defect downstream must neither kill the rule nor lose a row uncounted. */
    @Test
    void countsARowThatMetADefectAsAnError() throws RuleException {
        RuleProgram rule = new RuleProgram(
                "r",
                RuleParser.parse("SELECT * FROM s"),
                Recording.FUNCTIONS,
                Inputs.NONE,
                RuleOptions.DEFAULT,
                row -> {
                    throw new IllegalStateException("boom");
                });
        rule.row(0, row(ONE, 1), 0);
        FlowSnapshot flow = rule.counters(0);
        assertThat(flow.dropped()).isEqualTo(Map.of("error", 1L));
        assertThat(flow.imbalance()).isZero();
        assertThat(rule.detail(0)).contains("boom");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM s",
                "SELECT value / other AS x FROM s WHERE value > 0.5",
                "SELECT value FROM s WHERE deadband(value, 0.3)",
                "SELECT avg(value), count(*) FROM s GROUP BY TUMBLINGWINDOW(ms, 700)",
                "SELECT max(value) FROM s WHERE value < 0.9 GROUP BY other, TUMBLINGWINDOW(ss, 1) HAVING count(*) > 2",
                "SELECT count(*) FROM s GROUP BY value, other, TUMBLINGWINDOW(hh, 1)"
            })
    void everyRowEndsInExactlyOnePlaceWhateverHappens(String sql) throws RuleException {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            out.clear();
            RuleEdge edge = new RuleEdge("s", "r");
            RuleProgram rule = rule(sql, edge);
            long now = random.nextInt(1000) * SECOND;
            long fed = 0;
            int steps = random.nextInt(400);
            for (int i = 0; i < steps; i++) {
                now += random.nextInt(50) == 0 ? -random.nextLong(100 * SECOND) : random.nextLong(SECOND / 5);
                if (random.nextInt(100) == 0) {
                    RuleProgram old = rule;
                    old.stop();
                    rule = rule(sql, edge);
                    // What still comes to one that has been replaced must not be counted, nor let go what the new one
                    // holds.
                    old.row(0, row(ONE, 1), now);
                    old.advance(now);
                    old.stop();
                } else if (random.nextInt(10) == 0) {
                    rule.advance(now);
                } else {
                    rule.row(0, randomRow(random), now);
                    fed++;
                }
                assertThat(rule.counters(0).imbalance())
                        .as("seed %d step %d", seed, i)
                        .isZero();
            }
            rule.stop();
            rule.row(0, row(ONE, 1), now);
            FlowSnapshot end = rule.counters(0);
            assertThat(end.in()).isEqualTo(fed);
            assertThat(end.queued()).isZero();
            assertThat(end.emitted()).isEqualTo(out.size());
            assertThat(end.passed() + end.filtered() + end.aggregated() + end.droppedRows())
                    .isEqualTo(fed);
        }
    }

    private RuleProgram rule(String sql, RuleEdge edge) throws RuleException {
        StateLog quiet = new StateLog(NOPLogger.NOP_LOGGER, "r");
        return new RuleProgram(
                "r",
                RuleParser.parse(sql),
                Recording.FUNCTIONS,
                Inputs.NONE,
                RuleOptions.DEFAULT,
                out::add,
                any -> edge,
                quiet);
    }

    private RuleProgram rule(String sql) throws RuleException {
        return new RuleProgram(
                "r", RuleParser.parse(sql), Recording.FUNCTIONS, Inputs.NONE, RuleOptions.DEFAULT, out::add);
    }

    private static Row randomRow(Random random) {
        if (random.nextInt(60) == 0) {
            return Row.builder(TEXT).set(0, "x").build(0, ClockState.SYNCED);
        }
        RowBuilder builder = Row.builder(TWO);
        if (random.nextInt(5) > 0) {
            builder.set(0, (long) random.nextInt(4));
        }
        if (random.nextInt(5) > 0) {
            builder.set(1, random.nextDouble());
        }
        return builder.build(0, ClockState.SYNCED);
    }

    private static Row row(Schema schema, double value) {
        return Row.builder(schema).set(schema.indexOf("value"), value).build(0, ClockState.SYNCED);
    }
}
