package org.headgate.rule.engine;

import static org.headgate.rule.engine.Sheet.in;
import static org.headgate.rule.engine.Sheet.rule;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Windows by small tables, see {@link Sheet}. */
class WindowTablesTest {
    private static final String FIVE = """
            1 boiler 10 1 a true
            2 boiler 20 2 b false
            4 boiler 30 3 a true
            7 boiler 40 4 b false
            8 boiler 50 5 a true
            """;

    private static String collect(String window) {
        return "SELECT collect(count) AS c FROM boiler GROUP BY " + window;
    }

    @TestFactory
    Stream<DynamicTest> hopping() {
        return Stream.of(
                rule("a row is in each window that it falls in", collect("HOPPINGWINDOW(ss, 4, 2)"), FIVE, """
                        2: c=[1]
                        4: c=[1, 2]
                        6: c=[2, 3]
                        8: c=[3, 4]
                        10: c=[4, 5]
                        12: c=[5]
                        """),
                rule("a length that is no multiple of the distance", collect("HOPPINGWINDOW(ss, 5, 3)"), FIVE, """
                        3: c=[1, 2]
                        6: c=[1, 2, 3]
                        9: c=[3, 4, 5]
                        12: c=[4, 5]
                        """),
                rule(
                        "the same with rows instead of aggregates",
                        "SELECT count, window_start() AS a, window_end() AS b FROM boiler GROUP BY HOPPINGWINDOW(ss, 5, 3)",
                        "4 boiler 30 3 a true",
                        """
                        6: count=3 a=1000 b=6000
                        9: count=3 a=4000 b=9000
                        """),
                rule(
                        "groups of several panes are one group, with the columns of its first row",
                        "SELECT name, count, sum(count) AS s FROM boiler GROUP BY name, HOPPINGWINDOW(ss, 8, 4)",
                        FIVE,
                        """
                        4: name=a count=1 s=1
                        4: name=b count=2 s=2
                        8: name=a count=1 s=4
                        8: name=b count=2 s=6
                        12: name=a count=3 s=8
                        12: name=b count=4 s=4
                        16: name=a count=5 s=5
                        """),
                in(
                        "Europe/Berlin",
                        "days begin at midnight of the time zone, also where panes are added up",
                        collect("HOPPINGWINDOW(dd, 2, 1)"),
                        """
                        79200 boiler 1 1 a true
                        86400 boiler 1 2 a true
                        169200 boiler 1 3 a true
                        """,
                        """
                        82800: c=[1]
                        169200: c=[1, 2]
                        255600: c=[2, 3]
                        342000: c=[3]
                        """),
                in(
                        "Europe/Berlin",
                        "a day of 23 hours is a day",
                        "SELECT collect(count) AS c, window_start() / 1000 AS a FROM boiler GROUP BY HOPPINGWINDOW(dd, 2, 1)",
                        """
                        1711666800 boiler 1 1 a true
                        1711749600 boiler 1 2 a true
                        1711922400 boiler 1 3 a true
                        """,
                        """
                        1711753200: c=[1, 2] a=1711580400
                        1711839600: c=[1, 2] a=1711666800
                        1712008800: c=[3] a=1711839600
                        1712095200: c=[3] a=1711922400
                        """));
    }

    @TestFactory
    Stream<DynamicTest> sliding() {
        return Stream.of(
                rule("both ends belong to it", collect("SLIDINGWINDOW(ss, 3)"), FIVE, """
                        1: c=[1]
                        2: c=[1, 2]
                        4: c=[1, 2, 3]
                        7: c=[3, 4]
                        8: c=[4, 5]
                        """),
                rule("rows of one instant: each sees those before it", collect("SLIDINGWINDOW(ss, 3)"), """
                        1 boiler 1 1 a true
                        1 boiler 1 2 a true
                        """, """
                        1: c=[1]
                        1: c=[1, 2]
                        """),
                rule("OVER says which rows close one", collect("SLIDINGWINDOW(ss, 3) OVER (WHEN pump)"), FIVE, """
                        1: c=[1]
                        4: c=[1, 2, 3]
                        8: c=[4, 5]
                        """),
                rule(
                        "a delay waits for what follows, and its end does not belong to it",
                        collect("SLIDINGWINDOW(ss, 2, 3) OVER (WHEN count IN (2, 4))"),
                        FIVE,
                        """
                        5: c=[1, 2, 3]
                        10: c=[4, 5]
                        """),
                rule(
                        "a row that comes when the delay is over",
                        collect("SLIDINGWINDOW(ss, 2, 2) OVER (WHEN count = 2)"),
                        FIVE,
                        "4: c=[1, 2]"),
                rule(
                        "WHERE is asked when it closes, FILTER before",
                        "SELECT collect(count) AS c FROM boiler WHERE pump GROUP BY SLIDINGWINDOW(ss, 9) FILTER (WHERE count > 1)",
                        FIVE,
                        """
                        4: c=[3]
                        7: c=[3]
                        8: c=[3, 5]
                        """));
    }

    @TestFactory
    Stream<DynamicTest> session() {
        return Stream.of(
                rule("ends when no row has come for a while", collect("SESSIONWINDOW(ss, 20, 3)"), FIVE, """
                        7: c=[1, 2, 3]
                        11: c=[4, 5]
                        """),
                rule(
                        "or at the aligned instant at which it has lasted its longest",
                        collect("SESSIONWINDOW(ss, 3, 5)"),
                        FIVE,
                        """
                        6: c=[1, 2, 3]
                        12: c=[4, 5]
                        """),
                rule(
                        "its bounds",
                        "SELECT count(*) AS n, window_start() AS a, window_end() AS b FROM boiler GROUP BY SESSIONWINDOW(ss, 20, 3)",
                        FIVE,
                        """
                        7: n=3 a=1000 b=7000
                        11: n=2 a=7000 b=11000
                        """),
                rule(
                        "what WHERE refuses does not prolong it",
                        "SELECT collect(count) AS c FROM boiler WHERE pump GROUP BY SESSIONWINDOW(ss, 20, 3)",
                        FIVE,
                        """
                        4: c=[1]
                        7: c=[3]
                        11: c=[5]
                        """));
    }

    @TestFactory
    Stream<DynamicTest> count() {
        return Stream.of(
                rule("so many rows, each in one window", collect("COUNTWINDOW(2)"), FIVE, """
                        2: c=[1, 2]
                        7: c=[3, 4]
                        """),
                rule("the last rows, each time that some have come", collect("COUNTWINDOW(3, 1)"), FIVE, """
                        4: c=[1, 2, 3]
                        7: c=[2, 3, 4]
                        8: c=[3, 4, 5]
                        """),
                rule("a distance that does not divide the length", collect("COUNTWINDOW(3, 2)"), FIVE, """
                        7: c=[2, 3, 4]
                        """),
                rule(
                        "WHERE looks at what was counted, FILTER before",
                        "SELECT collect(count) AS c FROM boiler WHERE count != 3 GROUP BY COUNTWINDOW(2) FILTER (WHERE count > 1)",
                        FIVE,
                        """
                        4: c=[2]
                        8: c=[4, 5]
                        """),
                rule(
                        "groups within",
                        "SELECT name, sum(count) AS s FROM boiler GROUP BY COUNTWINDOW(4), name",
                        FIVE,
                        """
                        7: name=a s=4
                        7: name=b s=6
                        """));
    }

    @TestFactory
    Stream<DynamicTest> state() {
        return Stream.of(
                rule(
                        "from one row to another, both included",
                        collect("STATEWINDOW(count = 2, count = 4)"),
                        FIVE,
                        "7: c=[2, 3, 4]"),
                rule(
                        "the row that opens it does not close it",
                        collect("STATEWINDOW(pump, pump)"),
                        FIVE,
                        "4: c=[1, 2, 3]"),
                rule(
                        "with one condition the row that closes a window opens the next one",
                        collect("STATEWINDOW(pump)"),
                        FIVE,
                        """
                        4: c=[1, 2]
                        8: c=[3, 4]
                        """),
                rule(
                        "a null opens and closes nothing",
                        collect("STATEWINDOW(temperature > 0, temperature < 0)"),
                        """
                        1 boiler - 1 a true
                        2 boiler 5 2 a true
                        3 boiler ! 3 a true
                        4 boiler -5 4 a true
                        """,
                        "4: c=[2, 3, 4]"));
    }

    @TestFactory
    Stream<DynamicTest> withoutRows() {
        return Stream.of(
                rule("no row, no window", collect("TUMBLINGWINDOW(ss, 2)"), "10", ""),
                rule(
                        "WHERE leaves nothing",
                        "SELECT count(*) AS n FROM boiler WHERE count > 9 GROUP BY COUNTWINDOW(2)",
                        FIVE,
                        ""),
                rule(
                        "HAVING leaves nothing",
                        "SELECT count(*) AS n FROM boiler GROUP BY TUMBLINGWINDOW(ss, 2) HAVING n > 9",
                        FIVE,
                        ""),
                rule("windows with gaps between them", collect("TUMBLINGWINDOW(ss, 1)"), FIVE, """
                        2: c=[1]
                        3: c=[2]
                        5: c=[3]
                        8: c=[4]
                        9: c=[5]
                        """),
                rule("time goes back by an hour", collect("TUMBLINGWINDOW(ss, 10)"), """
                        3605 boiler 1 1 a true
                        5 boiler 1 2 a true
                        """, """
                        3610: c=[1]
                        10: c=[2]
                        """));
    }
}
