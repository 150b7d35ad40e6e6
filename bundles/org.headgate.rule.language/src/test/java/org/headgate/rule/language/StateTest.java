package org.headgate.rule.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.Type;
import org.headgate.rule.aggregates.Aggregates;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Aggregate;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Result;
import org.headgate.rule.functions.Signature;
import org.headgate.rule.functions.Tracker;
import org.junit.jupiter.api.Test;

/** Calls that see several rows: each has one place, however often it is written. */
class StateTest {
    private static final Frame FRAME = new Frame();

    private static void add(Accumulator accumulator, Object... values) {
        FRAME.enter(Streams.row(Streams.BOILER, values));
        accumulator.add(FRAME);
    }

    @Test
    void aCallThatIsWrittenTwiceIsOneAggregate() throws RuleException {
        Plan plan = Streams.link(
                "SELECT avg( temperature ) AS a, a * 2 AS b, AVG(temperature) + 1 AS c, count(*) AS n "
                        + "FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10) "
                        + "HAVING a > 1 AND avg(temperature) > 2 AND avg(temperature) FILTER (WHERE pump) > 1 ORDER BY count(*), b");
        assertThat(plan.aggregates()).hasSize(3);
        assertThat(plan.output().column(0).unit()).isEqualTo("Cel");
    }

    @Test
    void filterChoosesTheRowsOfOneAggregate() throws RuleException {
        Plan plan = Streams.link("SELECT sum(count) FILTER (WHERE pump) AS s, count(*) FILTER (WHERE count > 2) AS n "
                + "FROM boiler GROUP BY COUNTWINDOW(4)");
        Accumulator[] group = plan.aggregates().stream()
                .map(aggregate -> aggregate.accumulators().get())
                .toArray(Accumulator[]::new);
        for (Accumulator accumulator : group) {
            add(accumulator, 1.0, 1L, "", true);
            add(accumulator, 1.0, 2L, "", false);
            add(accumulator, 1.0, 3L, "", true);
            add(accumulator, 1.0, 4L);
        }
        FRAME.enter(group);
        assertThat(plan.columns().stream().map(column -> Streams.value(column, FRAME)))
                .containsExactly(4L, 2L);
        // What was saved, and another pane, are those of the aggregate inside.
        ByteOutput out = new ByteOutput(16);
        group[0].save(out);
        Accumulator restored = plan.aggregates().get(0).accumulators().get();
        restored.load(new ByteInput(out.content()));
        restored.merge(group[0]);
        assertThat(restored.asObject(FRAME)).isEqualTo(8L);
        assertThat(restored.asLong(FRAME)).isEqualTo(8L);
        assertThat(restored.asDouble(FRAME)).isEqualTo(8.0);
    }

    @Test
    void analyticCallsInTheOrderInWhichTheyAreNeeded() throws RuleException {
        Plan plan = Streams.link(
                "SELECT count - lag(count) OVER (PARTITION BY name, pump WHEN had_changed(true, count)) AS d, "
                        + "lag(count) AS plain, lag(lag(count)) AS second FROM boiler WHERE lag(count) > 1");
        // had_changed, lag OVER, lag, lag of lag.
        assertThat(plan.analytics()).hasSize(4);
        assertThat(plan.analytics().get(0).tracking().type()).isEqualTo(Type.BOOLEAN);
        assertThat(plan.analytics().get(1).partition()).hasSize(2);
        assertThat(plan.analytics().get(1).when()).isPresent();
        assertThat(plan.analytics().get(2).when()).isEmpty();
        Tracker[] trackers = plan.analytics().stream()
                .map(analytic -> analytic.tracking().trackers().get())
                .toArray(Tracker[]::new);
        FRAME.track(trackers);
        for (long i = 1; i <= 3; i++) {
            FRAME.enter(Streams.row(Streams.BOILER, 0.0, i, "a", true));
            for (Tracker tracker : trackers) {
                tracker.step(FRAME);
            }
        }
        assertThat(plan.columns().stream().map(column -> Streams.value(column, FRAME)))
                .containsExactly(1L, 2L, 1L);
        assertThat(plan.where().orElseThrow().evalBoolean(FRAME)).isTrue();
    }

    @Test
    void aValueThatIsFollowedKeepsItsUnit() throws RuleException {
        Plan plan =
                Streams.link("SELECT lag(temperature) AS l, changed_cols('c_', true, temperature, count) FROM boiler");
        assertThat(plan.output().columns().stream().map(column -> column.name() + " " + column.unit()))
                .containsExactly("l Cel", "c_temperature Cel", "c_count ");
    }

    @Test
    void starIsAllColumns() throws RuleException {
        Plan plan = Streams.link("SELECT id FROM pumps WHERE had_changed(true, *)");
        assertThat(plan.analytics()).hasSize(1);
        assertThat(Streams.link("SELECT changed_cols('', true, *) FROM pumps")
                        .output()
                        .columns())
                .hasSize(3);
    }

    /** {@code collect(*)} gets the row as a struct, {@code count(*)} nothing. */
    @Test
    void starIsTheRowForAnAggregate() throws RuleException {
        FunctionDefinition collect = new FunctionDefinition.Aggregating(
                Signature.of("last(x)", "the last", "last(x)", ""),
                arguments -> new Aggregate(Type.ANY, false, () -> new Newest(arguments.get(0))));
        FunctionCatalog functions = new FunctionCatalog(Aggregates.all(), List.of(collect));
        Query query = RuleParser.parse("SELECT last(*) AS l, count(*) AS n FROM pumps GROUP BY COUNTWINDOW(1)");
        Plan plan = Linker.link(query, new Streams(), functions);
        Accumulator newest = plan.aggregates().get(0).accumulators().get();
        FRAME.enter(Streams.row(Streams.PUMPS, 1L, null, 2.5));
        newest.add(FRAME);
        assertThat(newest.asObject(FRAME)).hasToString("{id=1, power=2.5}");
    }

    private static final class Newest implements Accumulator, Result.OfObject {
        private final org.headgate.rule.functions.Expression argument;
        private Object value;

        Newest(org.headgate.rule.functions.Expression argument) {
            this.argument = argument;
        }

        @Override
        public void add(Frame frame) {
            value = argument.evalObject(frame);
        }

        @Override
        public void merge(Accumulator newer) {}

        @Override
        public Object asObject(Frame frame) {
            return value;
        }

        @Override
        public void save(ByteOutput out) {}

        @Override
        public void load(ByteInput in) {}
    }

    @Test
    void aHoldingConditionLeavesTheOthersInWhere() throws RuleException {
        Plan plan = Streams.link("SELECT * FROM boiler WHERE pump AND swinging_door(temperature, 0.5) AND count > 1");
        assertThat(plan.holding()).isPresent();
        FRAME.enter(Streams.row(Streams.BOILER, 1.0, 2L, "", true));
        assertThat(plan.where().orElseThrow().evalBoolean(FRAME)).isTrue();
        FRAME.enter(Streams.row(Streams.BOILER, 1.0, 1L, "", true));
        assertThat(plan.where().orElseThrow().evalBoolean(FRAME)).isFalse();
        Plan alone = Streams.link("SELECT * FROM boiler WHERE swinging_door(temperature, 0.5)");
        assertThat(alone.holding()).isPresent();
        assertThat(alone.where()).isEmpty();
    }

    /** State is restored by position: a second linking must find everything in the same place. */
    @Test
    void linkingTwiceGivesPlansOfOneShape() throws RuleException {
        String sql = "SELECT name, avg(temperature), max(count) FILTER (WHERE pump) AS m, lag(count) AS l FROM boiler "
                + "WHERE deadband(temperature, 1) OR deadband(count, 2) GROUP BY name, TUMBLINGWINDOW(ss, 1)";
        Plan one = Streams.link(sql);
        Plan two = Streams.link(sql);
        assertThat(two.output()).isSameAs(one.output());
        assertThat(two.aggregates().stream().map(Aggregate::type))
                .isEqualTo(one.aggregates().stream().map(Aggregate::type).toList());
        assertThat(two.reductions()).hasSameSizeAs(one.reductions()).doesNotContainAnyElementsOf(one.reductions());
        assertThat(two.analytics()).hasSameSizeAs(one.analytics());
    }
}
