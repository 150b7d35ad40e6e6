package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The language by examples. A line of input is {@code second: temperature count name pump}, with {@code -} for ABSENT
 * and {@code !} for BAD; a line of output is {@code second: column=value ...}; a null is left out.
 */
class RuleTablesTest {
    private static final String FIVE = """
            1: 70.5 1 a true
            2: 91.0 2 b false
            3: -    3 a true
            4: !    4 - false
            12: 95.5 5 b true
            """;

    @TestFactory
    Stream<DynamicTest> rowByRow() {
        return Stream.of(
                rule("everything passes", "SELECT * FROM boiler WHERE count <= 2", FIVE, """
                        1: temperature=70.5 count=1 name=a pump=true
                        2: temperature=91.0 count=2 name=b pump=false
                        """),
                rule("a null is in no comparison", "SELECT count FROM boiler WHERE temperature > 0", FIVE, """
                        1: count=1
                        2: count=2
                        12: count=5
                        """),
                rule("nor in its opposite", "SELECT count FROM boiler WHERE temperature != 91", FIVE, """
                        1: count=1
                        12: count=5
                        """),
                rule(
                        "NOT turns the false of such a comparison",
                        "SELECT count FROM boiler WHERE NOT temperature > 80",
                        FIVE,
                        """
                        1: count=1
                        3: count=3
                        4: count=4
                        """),
                rule("ABSENT and BAD are null", "SELECT count FROM boiler WHERE temperature IS NULL", FIVE, """
                        3: count=3
                        4: count=4
                        """),
                rule(
                        "null in arithmetic is null, and the row is still put out",
                        "SELECT temperature * 2 AS double FROM boiler WHERE count IN (1, 3)",
                        FIVE,
                        """
                        1: double=141.0
                        3:
                        """),
                rule(
                        "integers divide to integers",
                        "SELECT count / 2 AS half, count % 2 AS rest, count / 2.0 AS exact FROM boiler WHERE count = 5",
                        FIVE,
                        """
                        12: half=2 rest=1 exact=2.5
                        """),
                rule(
                        "a division by zero is null",
                        "SELECT count, 10 / (count - 2) AS x FROM boiler WHERE count BETWEEN 1 AND 3",
                        FIVE,
                        """
                        1: count=1 x=-10
                        2: count=2
                        3: count=3 x=10
                        """),
                rule(
                        "names without AS",
                        "SELECT count, abs(count - 3), count + 1, count + 2 FROM boiler WHERE count = 1",
                        FIVE,
                        """
                        1: count=1 abs=2 kuiper_field_0=2 kuiper_field_1=3
                        """),
                rule(
                        "an alias is used by later expressions and by WHERE",
                        "SELECT temperature * 1.8 + 32 AS fahrenheit, fahrenheit > 200 AS hot FROM boiler WHERE fahrenheit > 100",
                        FIVE,
                        """
                        1: fahrenheit=158.9 hot=false
                        2: fahrenheit=195.8 hot=false
                        12: fahrenheit=203.9 hot=true
                        """),
                rule(
                        "an alias takes the place of a column of *",
                        "SELECT *, temperature + 1 AS temperature FROM boiler WHERE count = 1",
                        FIVE,
                        """
                        1: temperature=71.5 count=1 name=a pump=true
                        """),
                rule(
                        "CASE",
                        "SELECT CASE WHEN temperature > 90 THEN 'hot' WHEN temperature IS NULL THEN 'unknown' ELSE 'fine' END AS is FROM boiler"
                                .replace("AS is", "AS state"),
                        FIVE,
                        """
                        1: state=fine
                        2: state=hot
                        3: state=unknown
                        4: state=unknown
                        12: state=hot
                        """),
                rule(
                        "CASE of a value, without ELSE",
                        "SELECT CASE name WHEN 'a' THEN 1 WHEN \"b\" THEN 2.5 END AS n FROM boiler",
                        FIVE,
                        """
                        1: n=1.0
                        2: n=2.5
                        3: n=1.0
                        4:
                        12: n=2.5
                        """),
                rule(
                        "LIKE, AND, OR, NOT and their precedence",
                        "select count from boiler where name like 'a%' and not pump = false or count = 5",
                        FIVE,
                        """
                        1: count=1
                        3: count=3
                        12: count=5
                        """),
                rule(
                        "BETWEEN binds tighter than AND",
                        "SELECT count FROM boiler WHERE count BETWEEN 2 AND 4 AND pump",
                        FIVE,
                        """
                        3: count=3
                        """),
                rule("NOT IN", "SELECT count FROM boiler WHERE name NOT IN ('a')", FIVE, """
                        2: count=2
                        12: count=5
                        """),
                rule(
                        "names in backticks, names with their stream",
                        "SELECT boiler.count AS `a count` FROM `boiler` WHERE `count` = 1",
                        FIVE,
                        """
                        1: a count=1
                        """));
    }

    @TestFactory
    Stream<DynamicTest> deadband() {
        String rows = """
                1: 20.0 1 a true
                2: 20.4 2 a true
                3: 20.5 3 a true
                4: 20.6 4 a true
                5: -    5 a true
                6: 20.2 6 a false
                7: 20.0 7 a true
                """;
        return Stream.of(
                rule(
                        "the first, then what is more than d away from the last one that passed",
                        "SELECT temperature FROM boiler WHERE deadband(temperature, 0.5)",
                        rows,
                        """
                        1: temperature=20.0
                        4: temperature=20.6
                        7: temperature=20.0
                        """),
                rule(
                        "what another condition holds back is no reference",
                        "SELECT count FROM boiler WHERE deadband(temperature, 0.3) AND pump",
                        rows,
                        """
                        1: count=1
                        2: count=2
                        7: count=7
                        """),
                rule(
                        "what another condition lets through is one",
                        "SELECT count FROM boiler WHERE count = 3 OR deadband(temperature, 0.5)",
                        rows,
                        """
                        1: count=1
                        3: count=3
                        """));
    }

    @TestFactory
    Stream<DynamicTest> tumblingWindows() {
        return Stream.of(
                rule(
                        "windows are aligned to the clock, results come at their end, nulls are skipped",
                        "SELECT avg(temperature) AS a, min(temperature) AS lo, max(temperature) AS hi, sum(count) AS s, count(*) AS n, count(temperature) AS t "
                                + "FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10)",
                        FIVE,
                        """
                        10: a=80.75 lo=70.5 hi=91.0 s=10 n=4 t=2
                        20: a=95.5 lo=95.5 hi=95.5 s=5 n=1 t=1
                        """),
                rule(
                        "aggregates of integers are integers",
                        "SELECT avg(count) FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10)",
                        FIVE,
                        """
                        10: avg=2
                        20: avg=5
                        """),
                rule(
                        "nothing but nulls gives null, and 0 for count",
                        "SELECT sum(temperature) AS s, count(temperature) AS n FROM boiler WHERE temperature IS NULL GROUP BY TUMBLINGWINDOW(mi, 1)",
                        FIVE,
                        """
                        60: n=0
                        """),
                rule(
                        "a result for each group, in the order of their first rows; null is a group",
                        "SELECT name, count(*) AS n FROM boiler GROUP BY name, TUMBLINGWINDOW(ss, 20)",
                        FIVE,
                        """
                        20: name=a n=2
                        20: name=b n=2
                        20: n=1
                        """),
                rule(
                        "what is not aggregated is taken from the group's first row",
                        "SELECT count, max(count) AS last FROM boiler GROUP BY TUMBLINGWINDOW(ss, 20), pump",
                        FIVE,
                        """
                        20: count=1 last=5
                        20: count=2 last=4
                        """),
                rule(
                        "HAVING, with aliases",
                        "SELECT name, sum(count) AS s, s * 2 AS twice FROM boiler GROUP BY name, TUMBLINGWINDOW(ss, 20) HAVING s > 4 AND max(temperature) > 95",
                        FIVE,
                        """
                        20: name=b s=7 twice=14
                        """),
                rule(
                        "an empty window gives nothing",
                        "SELECT count(*) AS n FROM boiler GROUP BY TUMBLINGWINDOW(ms, 500)",
                        """
                        1: 1 1 a true
                        7: 1 1 a true
                        """,
                        """
                        1.5: n=1
                        7.5: n=1
                        """),
                rule(
                        "a timer at the instant of a row fires first",
                        "SELECT count(*) AS n FROM boiler GROUP BY TUMBLINGWINDOW(ss, 1)",
                        """
                        1: 1 1 a true
                        2: 1 1 a true
                        """,
                        """
                        2: n=1
                        3: n=1
                        """));
    }

    static DynamicTest rule(String says, String sql, String input, String expected) {
        return DynamicTest.dynamicTest(says, () -> {
            Recording recording = new Recording(sql);
            recording.play(input);
            assertThat(recording.output()).isEqualTo(expected);
            assertThat(recording.program().counters(0).imbalance()).isZero();
            assertThat(recording.program().counters(0).dropped()).isEmpty();
        });
    }
}
