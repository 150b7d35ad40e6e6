package org.headgate.rule.engine;

import static org.headgate.rule.engine.Sheet.eventTime;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Windows in event time by small tables, see {@link Sheet}. */
class EventTimeTablesTest {
    private static String collect(String window) {
        return "SELECT collect(count) AS c FROM boiler GROUP BY " + window;
    }

    @TestFactory
    Stream<DynamicTest> tumblingInEventTime() {
        String rows = """
                1 boiler 10 1 a true
                5@4 boiler 30 3 a true
                6@2 boiler 20 2 b false
                9@8 boiler 50 5 a true
                10@3 boiler 60 6 a true
                11@7 boiler 40 4 b false
                """;
        return Stream.of(
                eventTime(
                        "rows in the order of their times, however they come",
                        collect("TUMBLINGWINDOW(ss, 5)"),
                        10,
                        rows,
                        """
                        5: c=[1, 2, 6, 3]
                        10: c=[4, 5]
                        """),
                eventTime(
                        "what is older than the watermark is dropped", collect("TUMBLINGWINDOW(ss, 5)"), 3, rows, """
                        5: c=[1, 2, 3]
                        10: c=[4, 5]
                        boiler dropped late 1
                        """),
                eventTime("a row at the watermark itself is not late", collect("TUMBLINGWINDOW(ss, 5)"), 0, """
                        1 boiler 10 1 a true
                        2@2 boiler 10 2 a true
                        3@2 boiler 10 3 a true
                        4@1 boiler 10 4 a true
                        """, """
                        5: c=[1, 2, 3]
                        boiler dropped late 1
                        """),
                eventTime("time does not pass without rows", collect("TUMBLINGWINDOW(ss, 5)"), 0, """
                        1 boiler 10 1 a true
                        100
                        101@4 boiler 10 2 a true
                        """, """
                        5: c=[1, 2]
                        """),
                eventTime("windows without rows put nothing out", collect("TUMBLINGWINDOW(ss, 5)"), 0, """
                        1 boiler 10 1 a true
                        2@21 boiler 10 2 a true
                        """, """
                        5: c=[1]
                        25: c=[2]
                        """),
                eventTime(
                        "rows without a window are sorted, too",
                        "SELECT count, event_time() AS t FROM boiler",
                        3,
                        rows,
                        """
                        1: count=1 t=1000
                        2: count=2 t=2000
                        4: count=3 t=4000
                        7: count=4 t=7000
                        8: count=5 t=8000
                        boiler dropped late 1
                        """),
                eventTime(
                        "analytic functions see rows in their order",
                        "SELECT count, lag(count) AS l FROM boiler",
                        3,
                        rows,
                        """
                        1: count=1
                        2: count=2 l=1
                        4: count=3 l=2
                        7: count=4 l=3
                        8: count=5 l=4
                        boiler dropped late 1
                        """));
    }

    @TestFactory
    Stream<DynamicTest> otherWindowsInEventTime() {
        String rows = """
                1 boiler 10 1 a true
                5@4 boiler 30 3 a true
                6@2 boiler 20 2 b false
                9@8 boiler 50 5 a true
                11@7 boiler 40 4 b false
                """;
        String ties = """
                1 boiler 10 1 a true
                2@1 boiler 10 2 a true
                3@2 boiler 10 3 a true
                """;
        return Stream.of(
                eventTime("hopping", collect("HOPPINGWINDOW(ss, 4, 2)"), 5, rows, """
                        2: c=[1]
                        4: c=[1, 2]
                        6: c=[2, 3]
                        8: c=[3, 4]
                        10: c=[4, 5]
                        12: c=[5]
                        """),
                eventTime("sliding", collect("SLIDINGWINDOW(ss, 3)"), 5, rows, """
                        1: c=[1]
                        2: c=[1, 2]
                        4: c=[1, 2, 3]
                        7: c=[3, 4]
                        8: c=[4, 5]
                        """),
                eventTime(
                        "a sliding window waits for all rows of its instant",
                        collect("SLIDINGWINDOW(ss, 3)"),
                        1,
                        ties,
                        """
                        1: c=[1, 2]
                        1: c=[1, 2]
                        2: c=[1, 2, 3]
                        """),
                eventTime(
                        "once the watermark has reached it, the window has closed",
                        collect("SLIDINGWINDOW(ss, 3)"),
                        0,
                        ties,
                        """
                        1: c=[1]
                        1: c=[1, 2]
                        2: c=[1, 2, 3]
                        """),
                eventTime("session", collect("SESSIONWINDOW(ss, 20, 3)"), 5, rows, """
                        11: c=[1, 2, 3, 4, 5]
                        """),
                eventTime("a session ends behind its silence", collect("SESSIONWINDOW(ss, 20, 2)"), 5, rows, """
                        6: c=[1, 2, 3]
                        10: c=[4, 5]
                        """),
                eventTime("count", collect("COUNTWINDOW(2)"), 5, rows, """
                        2: c=[1, 2]
                        7: c=[3, 4]
                        """),
                eventTime("state", collect("STATEWINDOW(count = 2, count = 4)"), 5, rows, "7: c=[2, 3, 4]"));
    }
}
