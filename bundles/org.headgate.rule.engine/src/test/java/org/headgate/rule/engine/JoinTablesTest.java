package org.headgate.rule.engine;

import static org.headgate.rule.engine.Sheet.eventTime;
import static org.headgate.rule.engine.Sheet.rule;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Joins of streams and with tables, by small tables, see {@link Sheet}. */
class JoinTablesTest {
    private static final String TWO = """
            1 boiler 10 1 a true
            2 pump b 7
            3 boiler 20 2 b false
            4 pump c 8
            5 boiler 30 3 b true
            """;

    private static String join(String kind) {
        return "SELECT count, speed FROM boiler " + kind
                + " JOIN pump ON boiler.name = pump.name GROUP BY TUMBLINGWINDOW(ss, 10)";
    }

    @TestFactory
    Stream<DynamicTest> joinsOfStreams() {
        return Stream.of(
                rule("inner: pairs", join("INNER"), TWO, """
                        10: count=2 speed=7
                        10: count=3 speed=7
                        """),
                rule("left: and what the left one has alone", join("LEFT"), TWO, """
                        10: count=1
                        10: count=2 speed=7
                        10: count=3 speed=7
                        """),
                rule("right: and what the right one has alone", join("RIGHT"), TWO, """
                        10: count=2 speed=7
                        10: count=3 speed=7
                        10: speed=8
                        """),
                rule("full: both", join("FULL"), TWO, """
                        10: count=1
                        10: count=2 speed=7
                        10: count=3 speed=7
                        10: speed=8
                        """),
                rule(
                        "cross: each with each",
                        "SELECT count, speed FROM boiler CROSS JOIN pump GROUP BY TUMBLINGWINDOW(ss, 4)",
                        TWO,
                        """
                        4: count=1 speed=7
                        4: count=2 speed=7
                        8: count=3 speed=8
                        """),
                rule("a null joins nothing", join("FULL"), """
                        1 boiler 10 1 - true
                        2 pump - 7
                        """, """
                        10: count=1
                        10: speed=7
                        """),
                rule("a window in which only the other stream has rows", join("LEFT"), "2 pump b 7", ""),
                rule(
                        "WHERE and groups behind the join",
                        "SELECT pump.name AS p, sum(count) AS s FROM boiler INNER JOIN pump ON true WHERE count > 1 "
                                + "GROUP BY pump.name, TUMBLINGWINDOW(ss, 10)",
                        TWO,
                        """
                        10: p=b s=5
                        10: p=c s=5
                        """),
                rule(
                        "a stream and a table, in a window",
                        "SELECT count, speed, most FROM boiler INNER JOIN pump ON boiler.name = pump.name "
                                + "LEFT JOIN limits ON pump.name = limits.name GROUP BY TUMBLINGWINDOW(ss, 10)",
                        TWO,
                        """
                        10: count=2 speed=7 most=15.0
                        10: count=2 speed=7 most=16.0
                        10: count=3 speed=7 most=15.0
                        10: count=3 speed=7 most=16.0
                        """),
                eventTime("in event time the slower stream says how far time is", join("INNER"), 0, """
                        1 boiler 10 1 b true
                        20@19 boiler 10 2 b true
                        21@2 pump b 7
                        22@1 pump b 8
                        23@18 pump b 9
                        """, """
                        10: count=1 speed=7
                        20: count=2 speed=9
                        pump dropped late 1
                        """));
    }

    @TestFactory
    Stream<DynamicTest> lookups() {
        return Stream.of(
                rule(
                        "inner: each row of the table that fits",
                        "SELECT count, most FROM boiler INNER JOIN limits ON boiler.name = limits.name",
                        TWO.replaceAll("(?m)^.*pump .*$", ""),
                        """
                        1: count=1 most=5.0
                        3: count=2 most=15.0
                        3: count=2 most=16.0
                        5: count=3 most=15.0
                        5: count=3 most=16.0
                        """),
                rule(
                        "left: null where none fits; WHERE sees the table's columns",
                        "SELECT count, most FROM boiler LEFT JOIN limits ON boiler.name = limits.name WHERE most IS NULL OR temperature > most",
                        """
                        1 boiler 10 1 a true
                        2 boiler 10 2 x true
                        3 boiler 15.5 3 b true
                        4 boiler 1 4 a true
                        """,
                        """
                        1: count=1 most=5.0
                        2: count=2
                        3: count=3 most=15.0
                        """),
                rule(
                        "cross",
                        "SELECT count, limits.name AS n FROM boiler CROSS JOIN limits WHERE most < 16",
                        "1 boiler 10 1 z true",
                        """
                        1: count=1 n=a
                        1: count=1 n=b
                        """));
    }
}
