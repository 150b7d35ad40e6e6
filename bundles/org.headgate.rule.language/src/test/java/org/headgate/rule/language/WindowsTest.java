package org.headgate.rule.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.headgate.data.api.Row;
import org.headgate.rule.functions.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows and joins: what the engine is told of them. */
class WindowsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            TUMBLINGWINDOW(ss, 10)      | TUMBLING days=false size=10000 hop=10000 delay=0 count=0/0 where=true
            tumblingwindow(MI, 1)       | TUMBLING days=false size=60000 hop=60000 delay=0 count=0/0 where=true
            TUMBLINGWINDOW(dd, 1)       | TUMBLING days=true size=86400000 hop=86400000 delay=0 count=0/0 where=true
            HOPPINGWINDOW(ms, 500, 200) | HOPPING days=false size=500 hop=200 delay=0 count=0/0 where=true
            SLIDINGWINDOW(hh, 1)        | SLIDING days=false size=3600000 hop=0 delay=0 count=0/0 where=false
            SLIDINGWINDOW(ss, 10, 5)    | SLIDING days=false size=10000 hop=0 delay=5000 count=0/0 where=false
            SLIDINGWINDOW(ss, 10, 0)    | SLIDING days=false size=10000 hop=0 delay=0 count=0/0 where=false
            SESSIONWINDOW(ss, 60, 5)    | SESSION days=false size=60000 hop=5000 delay=0 count=0/0 where=true
            COUNTWINDOW(5)              | COUNT days=false size=0 hop=0 delay=0 count=5/5 where=false
            COUNTWINDOW(5, 2)           | COUNT days=false size=0 hop=0 delay=0 count=5/2 where=false
            STATEWINDOW(pump, NOT pump) | STATE days=false size=0 hop=0 delay=0 count=0/0 where=false
            STATEWINDOW(pump)           | STATE days=false size=0 hop=0 delay=0 count=0/0 where=false
            """)
    void windows(String written, String expected) throws RuleException {
        Plan plan = Streams.link("SELECT count(*) FROM boiler GROUP BY " + written);
        Plan.Window window = plan.window().orElseThrow();
        assertThat(window.kind() + " days=" + window.days() + " size=" + window.sizeNanos() / 1_000_000 + " hop="
                        + window.hopNanos() / 1_000_000 + " delay=" + window.delayNanos() / 1_000_000 + " count="
                        + window.count() + "/" + window.countHop() + " where=" + plan.whereBeforeWindow())
                .isEqualTo(expected);
        assertThat(window.begin().isPresent()).isEqualTo(window.kind() == Plan.Window.Kind.STATE);
        assertThat(window.end().isPresent()).isEqualTo(written.contains("NOT pump"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            SELECT * FROM boiler GROUP BY COUNTWINDOW(5)                            | false
            SELECT count FROM boiler GROUP BY COUNTWINDOW(5) HAVING count(*) > 2    | false
            SELECT count FROM boiler GROUP BY COUNTWINDOW(5) ORDER BY avg(count)    | false
            SELECT * FROM boiler GROUP BY name, COUNTWINDOW(5)                      | true
            SELECT *, count(*) AS n FROM boiler GROUP BY COUNTWINDOW(5)             | true
            SELECT count(*) + 1 AS n INVISIBLE, n * 2 AS m FROM boiler GROUP BY COUNTWINDOW(5) | true
            SELECT * FROM boiler                                                    | false
            """)
    void aggregatesInSelectOrDimensionsMakeGroups(String sql, boolean grouped) throws RuleException {
        assertThat(Streams.link(sql).grouped()).isEqualTo(grouped);
    }

    @Test
    void filterAndTriggerInAnyOrder() throws RuleException {
        for (String clauses :
                new String[] {"FILTER (WHERE count > 1) OVER (WHEN pump)", "OVER (WHEN pump) FILTER(WHERE count > 1)"
                }) {
            Plan plan = Streams.link("SELECT * FROM boiler GROUP BY SLIDINGWINDOW(ss, 10) " + clauses);
            Plan.Window window = plan.window().orElseThrow();
            Frame frame = new Frame();
            frame.enter(Streams.row(Streams.BOILER, 1.0, 2L, "", false));
            assertThat(window.filter().orElseThrow().evalBoolean(frame)).isTrue();
            assertThat(window.when().orElseThrow().evalBoolean(frame)).isFalse();
        }
    }

    @Test
    void aJoinSeesTheRowsOfAll() throws RuleException {
        Plan plan = Streams.link("SELECT b.name, p.name AS pump, power FROM boiler AS b LEFT JOIN pumps AS p "
                + "ON b.count = p.id AND power > 1 WHERE p.power IS NULL OR temperature > 5 "
                + "GROUP BY TUMBLINGWINDOW(ss, 1) FILTER (WHERE b.count > 1)");
        assertThat(plan.joinsStreams()).isTrue();
        assertThat(plan.whereBeforeWindow()).isFalse();
        assertThat(plan.predicates()).isEmpty();
        Plan.Join join = plan.joins().get(0);
        assertThat(join.kind()).isEqualTo(Plan.JoinKind.LEFT);
        Row boiler = Streams.row(Streams.BOILER, 70.0, 3L, "b1", true);
        Row pump = Streams.row(Streams.PUMPS, 3L, "p1", 2.5);
        Frame frame = new Frame();
        frame.enter(new Row[] {boiler, pump});
        assertThat(join.on().orElseThrow().evalBoolean(frame)).isTrue();
        assertThat(Streams.value(join.leftKeys().get(0), frame)).isEqualTo(3L);
        assertThat(Streams.value(join.rightKeys().get(0), frame)).isEqualTo(3L);
        assertThat(plan.columns().stream().map(column -> Streams.value(column, frame)))
                .containsExactly("b1", "p1", 2.5);
        frame.enter(new Row[] {boiler, null});
        assertThat(join.on().orElseThrow().evalBoolean(frame)).isFalse();
        assertThat(plan.where().orElseThrow().evalBoolean(frame)).isTrue();
        assertThat(plan.columns().stream().map(column -> String.valueOf(Streams.value(column, frame))))
                .containsExactly("b1", "null", "null");
        // A row of the other stream has no boiler that could pass the window's filter.
        frame.enter(new Row[] {null, pump});
        assertThat(plan.window().orElseThrow().filter().orElseThrow().evalBoolean(frame))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            b.count = s.id                              | 7 | 7
            s.id = b.count                              | 7 | 7
            b.temperature = s.id                        | 7.0 | 7.0
            b.any = s.id                                | 7.0 | 7.0
            b.count + 1 = s.id AND b.name = s.name      | 8 x | 7 x
            b.count = s.id OR pump                      | |
            b.count > s.id                              | |
            b.count = 7                                 | |
            s.id = s.power                              | |
            b.count + s.id = 14                         | |
            """)
    void equalSidesBecomeKeys(String on, String left, String right) throws RuleException {
        Plan plan = Streams.link("SELECT b.name FROM boiler AS b INNER JOIN sites AS s ON " + on);
        Plan.Join join = plan.joins().get(0);
        assertThat(plan.whereBeforeWindow()).isFalse();
        assertThat(plan.joinsStreams()).isFalse();
        assertThat(plan.inputs().get(1).table()).isPresent();
        Row boiler = Streams.row(Streams.BOILER, 7.0, 7L, "x", true, null, null, 7L);
        Frame frame = new Frame();
        frame.enter(new Row[] {boiler, Streams.row(Streams.PUMPS, 7L, "x", 1.0)});
        assertThat(String.join(
                        " ",
                        join.leftKeys().stream()
                                .map(key -> Streams.value(key, frame).toString())
                                .toList()))
                .isEqualTo(left == null ? "" : left);
        assertThat(String.join(
                        " ",
                        join.rightKeys().stream()
                                .map(key -> Streams.value(key, frame).toString())
                                .toList()))
                .isEqualTo(right == null ? "" : right);
    }

    @Test
    void manyInputs() throws RuleException {
        Query query = RuleParser.parse("SELECT a.id FROM pumps AS a JOIN pumps AS b ON a.id = b.id "
                + "RIGHT JOIN boiler AS c ON b.id = c.count FULL JOIN sites ON sites.id = a.id "
                + "CROSS JOIN sites AS t GROUP BY COUNTWINDOW(2)");
        Plan plan = Linker.link(query, new Streams(), Streams.FUNCTIONS);
        assertThat(query.sources()).containsExactly("pumps", "boiler", "sites");
        assertThat(plan.inputs().stream().map(Plan.Input::name))
                .containsExactly("pumps", "pumps", "boiler", "sites", "sites");
        assertThat(plan.joins().stream().map(Plan.Join::kind))
                .containsExactly(Plan.JoinKind.INNER, Plan.JoinKind.RIGHT, Plan.JoinKind.FULL, Plan.JoinKind.CROSS);
    }
}
