package org.headgate.rule.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.rule.functions.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an index may know of WHERE. */
class PredicatesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            temperature > 90                          | 90.0 < temperature
            90 < temperature                          | 90.0 < temperature
            temperature <= 90.5 AND count >= 3        | temperature <= 90.5 AND 3.0 <= count
            (count = 1 AND (name = 'a' AND pump))     | count IN (1) AND name IN ('a') AND pump IN (true)
            count = 1.0 AND pump = false              | count IN (1) AND pump IN (false)
            count IN (1, 2, 2.5, 2)                   | count IN (1, 2)
            count = 2.5                               | count IN ()
            count = 1 OR pump                         |
            NOT pump                                  |
            count != 1 AND count NOT IN (1)           |
            count NOT BETWEEN 1 AND 2                 |
            count BETWEEN 1 AND 2                     | 1.0 <= count <= 2.0
            count BETWEEN 1 AND temperature           |
            name BETWEEN 'a' AND 'b'                  | 'a' <= name <= 'b'
            name > 'a'                                | 'a' < name
            count = temperature                       |
            count + 1 = 2                             |
            any = 1                                   |
            boiler.count = 1                          | count IN (1)
            count > 9007199254740992                  |
            count = 9007199254740993                  | count IN (9007199254740993)
            count = 9007199254740992.0                |
            1 = 1                                     |
            count = NULL                              |
            """)
    void ofWhere(String where, String expected) throws RuleException {
        Query query = RuleParser.parse("SELECT * FROM boiler WHERE " + where);
        Plan plan = Linker.link(query, new Streams(), Streams.FUNCTIONS);
        assertThat(Explanation.of(query, plan, Streams.FUNCTIONS).stream()
                        .filter(step -> step.name().equals("indexed"))
                        .map(Explanation.Step::text)
                        .collect(Collectors.joining()))
                .isEqualTo(expected == null ? "" : expected);
    }

    /** Whatever WHERE lets through is in all of its predicates. */
    @Test
    void whatPassesIsInAllPredicates() throws RuleException {
        Random random = new Random(7);
        String[] operators = {"=", "<", "<=", ">", ">="};
        String[] numbers = {"0", "1", "-1", "1.5", "2.0", "-0.0", "9007199254740993", "9007199254740992.0"};
        Object[] counts = {0L, 1L, -1L, 2L, 9007199254740993L, 9007199254740992L, null};
        Object[] temperatures = {0.0, -0.0, 1.0, 1.5, 2.0, 9007199254740992.0, null};
        int passed = 0;
        for (int i = 0; i < 2_000; i++) {
            String column = random.nextBoolean() ? "count" : "temperature";
            String number = numbers[random.nextInt(numbers.length)];
            String other = numbers[random.nextInt(numbers.length)];
            String where = switch (random.nextInt(3)) {
                case 0 -> column + " " + operators[random.nextInt(operators.length)] + " " + number;
                case 1 -> column + " IN (" + number + ", " + other + ")";
                default -> column + " BETWEEN " + number + " AND " + other;
            };
            Plan plan = Streams.link("SELECT * FROM boiler WHERE " + where);
            Frame frame = new Frame();
            for (Object count : counts) {
                for (Object temperature : temperatures) {
                    Row row = Streams.row(Streams.BOILER, temperature, count);
                    frame.enter(row);
                    if (plan.where().orElseThrow().evalBoolean(frame)) {
                        passed++;
                        assertThat(plan.predicates())
                                .as(where + " of " + row)
                                .allMatch(predicate -> holds(predicate, row, Streams.BOILER));
                    }
                }
            }
        }
        assertThat(passed).isGreaterThan(1_000);
    }

    private static boolean holds(Predicate predicate, Row row, Schema schema) {
        Object value = row.object(predicate.column());
        if (predicate instanceof Predicate.In in) {
            return value != null && in.values().contains(value instanceof Double number ? number + 0.0 : value);
        }
        Predicate.Range range = (Predicate.Range) predicate;
        double number = ((Number) value).doubleValue();
        boolean low = range.low() == null
                || (range.lowIncluded() ? number >= (Double) range.low() : number > (Double) range.low());
        boolean high = range.high() == null
                || (range.highIncluded() ? number <= (Double) range.high() : number < (Double) range.high());
        return low && high && schema == row.schema();
    }

    @Test
    void explainsThePlan() throws RuleException {
        Query query = RuleParser.parse("select name, avg(temperature) as a, lag(count) OVER (when pump) as l "
                + "from boiler where temperature>90 and (pump or count<3) group by name, "
                + "hoppingwindow(ss,10,5) filter(where count>1) having a>1 order by a desc limit 3");
        Plan plan = Linker.link(query, new Streams(), Streams.FUNCTIONS);
        List<String> steps = Explanation.of(query, plan, Streams.FUNCTIONS).stream()
                .map(step -> step.name() + ": " + step.text())
                .toList();
        assertThat(steps)
                .containsExactly(
                        "reads: boiler (temperature DOUBLE Cel, count LONG, name STRING, pump BOOLEAN, tags ARRAY, place STRUCT, any ANY)",
                        "analytic: lag(count) OVER (WHEN pump)",
                        "filter: count > 1",
                        "where: (temperature > 90) AND (pump OR (count < 3))",
                        "indexed: 90.0 < temperature",
                        "window: hopping 10s every 5s",
                        "groups: name",
                        "aggregates: avg(temperature)",
                        "having: a > 1",
                        "order: a DESC",
                        "limit: 3",
                        "puts out: name STRING, a DOUBLE Cel, l LONG");
    }
}
