package org.headgate.rule.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which columns come out, under which names, of which types. */
class SelectTest {
    private static String columns(Plan plan) {
        return plan.output().columns().stream()
                .map(column ->
                        column.name() + " " + column.type() + (column.unit().isEmpty() ? "" : " " + column.unit()))
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            SELECT * FROM pumps                                   | id LONG, name STRING, power DOUBLE
            SELECT pumps.* FROM pumps                             | id LONG, name STRING, power DOUBLE
            SELECT p.* FROM pumps AS p                            | id LONG, name STRING, power DOUBLE
            SELECT p.id FROM pumps AS p                           | id LONG
            SELECT * EXCEPT(id, power) FROM pumps                 | name STRING
            SELECT * REPLACE(id * 1.5 AS id) FROM pumps           | id DOUBLE, name STRING, power DOUBLE
            SELECT * REPLACE(1 AS one) FROM pumps                 | id LONG, name STRING, power DOUBLE, one LONG
            SELECT * EXCEPT(id, name) REPLACE(1.5 AS id) FROM pumps | power DOUBLE, id DOUBLE
            SELECT *, id + 1 AS next FROM pumps                   | id LONG, name STRING, power DOUBLE, next LONG
            SELECT *, power > 1 AS id FROM pumps                  | id BOOLEAN, name STRING, power DOUBLE
            SELECT id + 1 AS a INVISIBLE, a * 2.0 AS b FROM pumps | b DOUBLE
            SELECT *, id INVISIBLE FROM pumps                     | name STRING, power DOUBLE
            SELECT id + 1, id + 2 AS x, -id FROM pumps            | kuiper_field_0 LONG, x LONG, kuiper_field_1 LONG
            SELECT temperature AS t, t AS again FROM boiler       | t DOUBLE Cel, again DOUBLE Cel
            SELECT place.floor, place->floor, tags[0] FROM boiler | floor ANY, kuiper_field_0 ANY, kuiper_field_1 ANY
            SELECT CASE WHEN pump THEN 1 ELSE 2.5 END AS c, CASE WHEN pump THEN 1 ELSE NULL END AS d FROM boiler | c DOUBLE, d LONG
            SELECT CASE WHEN pump THEN 'a' ELSE 1 END AS c, CASE WHEN pump THEN NULL END AS d FROM boiler | c ANY, d ANY
            SELECT tags[1:] AS a, place->x AS b, count & 1 AS c, any + 1 AS d, -any AS e, any > 1 AS f FROM boiler | a ARRAY, b ANY, c LONG, d ANY, e ANY, f BOOLEAN
            SELECT name AS count, count AS again FROM boiler WHERE count > 1 | count STRING, again STRING
            SELECT left, `order`, replace, on FROM words          | left LONG, order LONG, replace LONG, on LONG
            SELECT unnest(tags) AS tag, count FROM boiler         | tag ANY, count LONG
            SELECT changed_cols('c_', true, name, count + 1) FROM boiler | c_name BOOLEAN, c_kuiper_field_0 BOOLEAN
            SELECT * FROM pumps INNER JOIN sites ON pumps.id = sites.id | id LONG, name STRING, power DOUBLE
            SELECT sites.power, pumps.* FROM pumps LEFT JOIN sites ON pumps.id = sites.id | power DOUBLE, id LONG, name STRING
            SELECT * FROM boiler CROSS JOIN sites                 | temperature DOUBLE Cel, count LONG, name STRING, pump BOOLEAN, tags ARRAY, place STRUCT, any ANY, id LONG, power DOUBLE
            SELECT * FROM a LEFT JOIN b ON a.x > 1 GROUP BY TUMBLINGWINDOW(ss, 1) | x ANY
            """)
    void columnsOf(String sql, String expected) throws RuleException {
        Schema words = Schema.of(
                Column.of("left", Type.LONG),
                Column.of("order", Type.LONG),
                Column.of("replace", Type.LONG),
                Column.of("on", Type.LONG));
        Streams streams = new Streams()
                .with("words", words)
                .with("a", Schema.of(Column.of("x", Type.LONG)))
                .with("b", Schema.of(Column.of("x", Type.STRING)));
        assertThat(columns(streams.plan(sql))).isEqualTo(expected);
    }

    @Test
    void onlyAllOfOneStreamPassesThrough() throws RuleException {
        assertThat(Streams.link("SELECT * FROM pumps WHERE id > 1").passesThrough())
                .isTrue();
        assertThat(Streams.link("SELECT * EXCEPT(id) FROM pumps").passesThrough())
                .isFalse();
        assertThat(Streams.link("SELECT * REPLACE(1 AS id) FROM pumps").passesThrough())
                .isFalse();
        assertThat(Streams.link("SELECT *, 1 AS one FROM pumps").passesThrough())
                .isFalse();
        assertThat(Streams.link("SELECT * FROM pumps CROSS JOIN sites").passesThrough())
                .isFalse();
    }

    @Test
    void theColumnToUnnestIsMarked() throws RuleException {
        assertThat(Streams.link("SELECT count, unnest(tags) FROM boiler").unnested())
                .hasValue(1);
        assertThat(Streams.link("SELECT count FROM boiler").unnested()).isEmpty();
    }

    /** As eKuiper merges the rows of a join: what the first has, the others do not overwrite. */
    @Test
    void ofTwoColumnsWithOneNameTheFirstWithAValueCounts() throws RuleException {
        Plan plan = Streams.link("SELECT * FROM pumps FULL JOIN boiler ON id = count GROUP BY TUMBLINGWINDOW(ss, 1)");
        int name = plan.output().indexOf("name");
        Row pump = Streams.row(Streams.PUMPS, 1L, "pump");
        Row boiler = Streams.row(Streams.BOILER, 1.0, 1L, "boiler");
        Frame frame = new Frame();
        frame.enter(new Row[] {pump, boiler});
        assertThat(Streams.value(plan.columns().get(name), frame)).isEqualTo("pump");
        frame.enter(new Row[] {null, boiler});
        assertThat(Streams.value(plan.columns().get(name), frame)).isEqualTo("boiler");
        frame.enter(new Row[] {null, null});
        assertThat(Streams.value(plan.columns().get(name), frame)).isNull();
    }

    @Test
    void aColumnThatARecordingDoesNotHaveIsNull() throws RuleException {
        Streams streams = new Streams().open("log", Schema.of(Column.of("known", Type.DOUBLE)));
        Plan plan = streams.plan("SELECT known, other, other + 1 AS more, other.deep AS deep, quality(other) AS q "
                + "FROM log WHERE other IS NULL");
        assertThat(columns(plan)).isEqualTo("known DOUBLE, other ANY, more ANY, deep ANY, q STRING");
        Frame frame = new Frame();
        frame.enter(Streams.row(plan.inputs().get(0).schema(), 1.5));
        assertThat(plan.where().orElseThrow().evalBoolean(frame)).isTrue();
        assertThat(plan.columns().stream().map(column -> String.valueOf(Streams.value(column, frame))))
                .containsExactly("1.5", "null", "null", "null", "ABSENT");
        assertThat(frame.failures()).isZero();
    }

    @Test
    void orderAndLimit() throws RuleException {
        Plan plan = Streams.link("SELECT name AS n, count(*) AS c FROM boiler GROUP BY name, TUMBLINGWINDOW(ss, 10) "
                + "ORDER BY c DESC, n ASC, avg(temperature) LIMIT 3");
        assertThat(plan.order().stream().map(Plan.Order::descending)).containsExactly(true, false, false);
        assertThat(plan.limit()).isEqualTo(3);
        assertThat(plan.aggregates()).hasSize(2);
        assertThat(Streams.link("SELECT * FROM boiler").limit()).isEqualTo(Integer.MAX_VALUE);
        assertThat(Streams.link("SELECT * FROM boiler LIMIT 0").limit()).isZero();
    }

    /** A rule waits for the bundle that brings a function; nobody brings what the language itself has. */
    @Test
    void namesTheFunctionsThatSomebodyHasToBring() throws RuleException {
        Query query = RuleParser.parse(
                "SELECT Mine(meta(time)), quality(a), unnest(b) FROM x WHERE lag(c) OVER (WHEN d(1)) > 1 "
                        + "GROUP BY e(f), STATEWINDOW(g(1), h(1)) FILTER (WHERE i(1)) HAVING j(1) ORDER BY k(1)");
        assertThat(Precheck.functions(query))
                .containsExactlyInAnyOrder("mine", "lag", "d", "e", "g", "h", "i", "j", "k");
    }

    @Test
    void definesStreams() throws RuleException {
        var both = RuleParser.definitions("""
                CREATE STREAM demo (temperature FLOAT, ts BIGINT, `at` DATETIME, ok BOOLEAN, raw BYTEA,
                  s STRUCT(a STRING, b ARRAY(BIGINT)), list ARRAY(STRUCT(x FLOAT)), stream STRING)
                  WITH (TIMESTAMP="ts", FORMAT='json', strict_validation="true");
                create table sites () WITH (datasource = "a.json");
                """);
        assertThat(both).hasSize(2);
        StreamDefinition demo = both.get(0);
        assertThat(demo.name()).isEqualTo("demo");
        assertThat(demo.open()).isFalse();
        assertThat(demo.table()).isFalse();
        assertThat(demo.schema().columns().stream().map(column -> column.name() + " " + column.type()))
                .containsExactly(
                        "temperature DOUBLE",
                        "ts LONG",
                        "at ANY",
                        "ok BOOLEAN",
                        "raw BYTES",
                        "s STRUCT",
                        "list ARRAY",
                        "stream STRING");
        assertThat(demo.options()).isEqualTo(Map.of("TIMESTAMP", "ts", "FORMAT", "json", "STRICT_VALIDATION", "true"));
        assertThat(both.get(1).open()).isTrue();
        assertThat(both.get(1).table()).isTrue();
        assertThat(RuleParser.definitions("CREATE STREAM demo ()").get(0).open())
                .isTrue();
    }
}
