package org.headgate.rule.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions give, for values whose types are known and for those whose are not. */
class ValuesTest {
    private static final Row ROW = Streams.row(
            Streams.BOILER,
            70.5,
            7L,
            "b1",
            true,
            List.of(10L, 20L, 30L),
            Map.of(
                    "floor",
                    2L,
                    "area",
                    12.5,
                    "name",
                    "hall",
                    "lit",
                    true,
                    "tags",
                    List.of("a", "b"),
                    "inner",
                    Map.of("city", "Graz")));

    private static Object value(String expression, Row row, Frame frame) throws RuleException {
        Plan plan = Streams.link("SELECT " + expression + " AS x FROM boiler");
        frame.enter(row);
        Object value = Streams.value(plan.columns().get(0), frame);
        frame.enter(row);
        Row stored;
        var builder = Row.builder(plan.output());
        plan.columns().get(0).store(frame, builder, 0);
        stored = builder.build(0, row.clock());
        assertThat(stored.object(0)).as("stored").isEqualTo(value);
        return value;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            place->floor                      | 2
            place.floor                       | 2
            boiler.place->floor               | 2
            place->inner->city                 | Graz
            place.inner.city                  | Graz
            place->nothing                    | null
            place->nothing->deeper            | null
            tags[0]                           | 10
            tags[-1]                          | 30
            tags[count - 6]                   | 20
            tags[place->floor]                | 30
            tags[1:]                          | [20, 30]
            tags[:2]                          | [10, 20]
            tags[1:-1]                        | [20]
            tags[:]                           | [10, 20, 30]
            tags[1:1]                         | []
            place->tags[1]                    | b
            tags[0:2][1]                      | 20
            -place->floor                     | -2
            place->floor + 1                  | 3
            place->floor + 1.5                | 3.5
            place->floor / 4                  | 0
            place->area / 4                   | 3.125
            place->floor * temperature        | 141.0
            place->area > 12                  | true
            12.5 = place->area                | true
            place->floor = 2.0                | true
            place->name < 'i'                 | true
            place->lit = true                 | true
            place->lit AND pump               | true
            NOT place->lit                    | false
            place->nothing > 1                | false
            place->name LIKE 'h%'             | true
            place->floor BETWEEN 1 AND 2.5    | true
            place->floor IN (1, 2)            | true
            place->floor NOT IN (1, 2)        | false
            count IN tags                     | false
            20 IN tags                        | true
            20.0 IN tags                      | true
            20 NOT IN tags                    | false
            'a' IN place->tags                | true
            any IN tags                       | false
            any NOT IN tags                   | false
            NULL                              | null
            NULL IS NULL                      | true
            count = NULL                      | false
            count + NULL                      | null
            CASE WHEN pump THEN 1 ELSE NULL END        | 1
            CASE WHEN NOT pump THEN 1 ELSE NULL END    | null
            CASE WHEN pump THEN 1 ELSE 'x' END         | 1
            CASE WHEN NOT pump THEN 1 ELSE 'x' END     | x
            CASE place->name WHEN 'hall' THEN 2.5 ELSE 1 END | 2.5
            CASE WHEN pump THEN tags END      | [10, 20, 30]
            6 & 3                             | 2
            6 ^ 3                             | 5
            1 + 6 & 2                         | 3
            place->floor & 3                  | 2
            count % 4 * 2                     | 6
            meta(stream)                      | boiler
            meta('device')                    | boiler
            meta(time)                        | 1500
            meta(boiler.clock)                | synced
            quality(temperature)              | GOOD
            quality(any)                      | ABSENT
            """)
    void isWhatTheDialectSays(String expression, String expected) throws RuleException {
        Frame frame = new Frame();
        assertThat(String.valueOf(value(expression, ROW, frame))).isEqualTo(expected);
        assertThat(frame.failures()).isZero();
    }

    /** What does not fit is null, counted with its reason, and never an exception. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            place->name + 1                   | null  | expected numbers beside +, found 'hall' and 1
            -place->name                      | null  | expected numbers beside -, found 0 and 'hall'
            place->area & 3                   | null  | expected whole numbers beside &, found 12.5 and 3
            place->floor / 0                  | null  | a division by zero
            place->area / 0                   | null  | a division by zero
            place->name > 5                   | false | expected two numbers or two texts beside >, found 'hall' and 5
            place->tags = 5                   | false | expected two numbers or two texts beside =, found an array and 5
            place->lit > place->lit           | false | expected two numbers or two texts beside >, found true and true
            place->floor LIKE 'a'             | false | expected a text beside LIKE, found 2
            place->name->first                | null  | expected a struct before ->first, found 'hall'
            place->name[0]                    | null  | expected an array, found 'hall'
            1 IN place->inner                 | false | expected an array behind IN, found a struct
            tags[3]                           | null  | expected an index within 3 elements, found 3
            tags[-4]                          | null  | expected an index within 3 elements, found -4
            tags[0.5]                         | null  | expected a whole number as index, found 0.5
            tags[2:1]                         | null  | expected a part of 3 elements, found [2:1]
            tags[0:4]                         | null  | expected a part of 3 elements, found [0:4]
            """)
    void failsToNull(String expression, String expected, String why) throws RuleException {
        Frame frame = new Frame();
        assertThat(String.valueOf(value(expression, ROW, frame))).isEqualTo(expected);
        assertThat(frame.firstFailure()).startsWith(why + " at ");
    }

    @Test
    void bits() throws RuleException {
        assertThat(value("6 | 3", ROW, new Frame())).isEqualTo(7L);
        assertThat(value("place->floor | 1 ^ 1", ROW, new Frame())).isEqualTo(2L);
    }

    @Test
    void aColumnKeepsItsQuality() throws RuleException {
        Row bad = Row.builder(Streams.BOILER).bad(0).build(0, ROW.clock());
        Frame frame = new Frame();
        assertThat(value("quality(temperature)", bad, frame)).isEqualTo("BAD");
        assertThat(value("quality(count)", bad, frame)).isEqualTo("ABSENT");
    }

    /** -0 and 0 are one number, however it came to be. */
    @Test
    void zeroHasNoSign() throws RuleException {
        Row row = Streams.row(Streams.BOILER, -0.0, 0L, "", false, List.of(0L), Map.of("x", -0.0));
        assertThat(value("place->x = 0", row, new Frame())).isEqualTo(true);
        assertThat(value("place->x < 0.0", row, new Frame())).isEqualTo(false);
        assertThat(value("place->x IN tags", row, new Frame())).isEqualTo(true);
    }
}
