package org.headgate.rule.engine;

import static org.headgate.rule.engine.Sheet.rule;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What follows a window, by small tables, see {@link Sheet}. */
class ClauseTablesTest {
    @TestFactory
    Stream<DynamicTest> order() {
        String rows = """
                1 boiler 10 3 b true
                2 boiler 20 - a true
                3 boiler 30 1 b true
                4 boiler 20 2 c true
                """;
        return Stream.of(
                rule(
                        "ORDER BY and LIMIT; a null is the least",
                        "SELECT count FROM boiler GROUP BY COUNTWINDOW(4) ORDER BY count LIMIT 3",
                        rows,
                        """
                        4:
                        4: count=1
                        4: count=2
                        """),
                rule(
                        "several keys, each in its direction; equal ones stay in their order",
                        "SELECT name, temperature FROM boiler GROUP BY COUNTWINDOW(4) ORDER BY name DESC, temperature ASC",
                        rows,
                        """
                        4: name=c temperature=20.0
                        4: name=b temperature=10.0
                        4: name=b temperature=30.0
                        4: name=a temperature=20.0
                        """),
                rule(
                        "groups by an aggregate",
                        "SELECT name, max(temperature) AS m FROM boiler GROUP BY name, COUNTWINDOW(4) HAVING m > 10 ORDER BY m DESC LIMIT 1",
                        rows,
                        "4: name=b m=30.0"),
                rule(
                        "the number of a result is given before it is sorted",
                        "SELECT name, row_number() AS r FROM boiler GROUP BY name, COUNTWINDOW(4) ORDER BY name",
                        rows,
                        """
                        4: name=a r=2
                        4: name=b r=1
                        4: name=c r=3
                        """));
    }

    @TestFactory
    Stream<DynamicTest> rowsOfRows() {
        return Stream.of(
                rule(
                        "unnest: a result for each element",
                        "SELECT unnest(collect(count)) AS c, count(*) AS n FROM boiler GROUP BY COUNTWINDOW(2)",
                        """
                        1 boiler 10 3 b true
                        2 boiler 20 4 a true
                        """,
                        """
                        2: n=2 c=3
                        2: n=2 c=4
                        """),
                rule(
                        "of null there are none",
                        "SELECT unnest(array_create()) AS x, count FROM boiler",
                        "1 boiler 10 3 b true",
                        ""),
                rule(
                        "LIMIT counts what comes of it",
                        "SELECT unnest(array_create(1, 2, 3)) AS x FROM boiler LIMIT 2",
                        "1 boiler 10 3 b true",
                        """
                        1: x=1
                        1: x=2
                        """));
    }

    @TestFactory
    Stream<DynamicTest> analytic() {
        String rows = """
                1 boiler 10 1 a true
                2 boiler 20 2 b true
                3 boiler 30 3 a false
                4 boiler - 4 a true
                5 boiler 50 5 b true
                """;
        return Stream.of(
                rule(
                        "a memory for each partition",
                        "SELECT lag(count) OVER (PARTITION BY name) AS l FROM boiler",
                        rows,
                        """
                        1:
                        2:
                        3: l=1
                        4: l=3
                        5: l=2
                        """),
                rule(
                        "WHEN says which rows it takes in; the others see what it has",
                        "SELECT acc_sum(count) OVER (WHEN pump) AS s FROM boiler",
                        rows,
                        """
                        1: s=1.0
                        2: s=3.0
                        3: s=3.0
                        4: s=7.0
                        5: s=12.0
                        """),
                rule(
                        "it sees the rows that WHERE refuses",
                        "SELECT count, lag(count) AS l FROM boiler WHERE pump",
                        rows,
                        """
                        1: count=1
                        2: count=2 l=1
                        4: count=4 l=3
                        5: count=5 l=4
                        """),
                rule(
                        "latest goes on over nulls",
                        "SELECT latest(temperature) AS t FROM boiler WHERE count > 2",
                        rows,
                        """
                        3: t=30.0
                        4: t=30.0
                        5: t=50.0
                        """));
    }

    @TestFactory
    Stream<DynamicTest> reductions() {
        String rows = """
                1 boiler 10 1 a true
                2 boiler 10 2 a true
                3 boiler 10 3 a true
                4 boiler 20 4 a true
                """;
        return Stream.of(
                rule(
                        "a door puts out the ends of straight lines, and the last row when no further one comes",
                        "SELECT count FROM boiler WHERE swinging_door(temperature, 1)",
                        rows,
                        """
                        1: count=1
                        3: count=3
                        4: count=4
                        """),
                rule(
                        "a gap of two seconds at most",
                        "SELECT count FROM boiler WHERE swinging_door(temperature, 100, '2s')",
                        rows,
                        """
                        1: count=1
                        2: count=2
                        4: count=4
                        """),
                rule("a heartbeat repeats the newest row", "SELECT count FROM boiler WHERE heartbeat('2s')", """
                        1 boiler 10 1 a true
                        2 boiler 10 2 a true
                        6
                        """, """
                        1: count=1
                        3: count=2
                        5: count=2
                        """));
    }

    @TestFactory
    Stream<DynamicTest> ofEkuipersTests() {
        String demo = """
                1541152486013 demo red 3 1541152486013
                1541152486822 demo blue 6 1541152486822
                1541152487632 demo blue 2 1541152487632
                1541152488442 demo yellow 4 1541152488442
                1541152489252 demo red 1 1541152489252
                """;
        String both = """
                1541152486013 demo red 3 1541152486013
                1541152486115 demo1 25.5 65 device1 1541152486013
                1541152486822 demo blue 6 1541152486822
                1541152486903 demo1 27.5 59 device2 1541152486823
                1541152487632 demo blue 2 1541152487632
                1541152487702 demo1 28.1 75 device3 1541152487632
                1541152488442 demo yellow 4 1541152488442
                1541152488605 demo1 27.4 80 device1 1541152488442
                1541152489252 demo red 1 1541152489252
                1541152489305 demo1 25.5 62 device3 1541152489252
                """;
        return Stream.of(
                rule(
                        "FILTER and OVER of a sliding window",
                        "SELECT size,color FROM demo GROUP BY SlidingWindow(ss, 5) Filter (where color = \"red\") Over (when size = 1)",
                        demo,
                        """
                        1541152489.252: size=3 color=red
                        1541152489.252: size=1 color=red
                        """),
                rule(
                        "last_hit_time of OVER is that of the row that had a window last",
                        "SELECT color, count(*) as c FROM demo GROUP BY SlidingWindow(ss, 2) OVER(WHEN ts - last_hit_time() > 1000) , color ORDER BY color",
                        demo,
                        """
                        1541152486.013: color=red c=1
                        1541152487.632: color=blue c=2
                        1541152487.632: color=red c=1
                        1541152489.252: color=blue c=1
                        1541152489.252: color=red c=1
                        1541152489.252: color=yellow c=1
                        """),
                rule(
                        "HAVING of a window",
                        "SELECT color, window_end(), event_time() as et, ts, count(*) as c, window_start() FROM demo where size > 2 GROUP BY tumblingwindow(ss, 1) having c > 1",
                        demo,
                        "1541152487: color=red window_end=1541152487000 et=1541152487000 ts=1541152486013 c=2 window_start=1541152486000"),
                rule(
                        "a session by its silence and by its length",
                        "SELECT count(temp), window_start() as ws, window_end(), event_time() as et FROM session GROUP BY SessionWindow(ss, 2, 1)",
                        Stream.of(
                                        486013L, 486823L, 487932L, 488442L, 489252L, 490062L, 490872L, 491682L, 492492L,
                                        493202L, 494112L)
                                .map(ms -> 1541152000000L + ms + " session 1 1 - 1")
                                .reduce("", (a, b) -> a + "\n" + b),
                        """
                        1541152487.823: count=2 ws=1541152486013 window_end=1541152487823 et=1541152487823
                        1541152490: count=3 ws=1541152487932 window_end=1541152490000 et=1541152490000
                        1541152494: count=5 ws=1541152490062 window_end=1541152494000 et=1541152494000
                        1541152495.112: count=1 ws=1541152494112 window_end=1541152495112 et=1541152495112
                        """),
                rule(
                        "a join in a sliding window",
                        "SELECT window_end(), event_time(), sum(temp) as temp1, count(color) as c, window_start() FROM demo INNER JOIN demo1 ON demo.ts = demo1.ts GROUP BY SlidingWindow(ss, 1) HAVING c > 1",
                        both,
                        """
                        1541152488.605: window_end=1541152488605 event_time=1541152488605 temp1=55.5 c=2 window_start=1541152487605
                        1541152489.305: window_end=1541152489305 event_time=1541152489305 temp1=52.9 c=2 window_start=1541152488305
                        """),
                rule(
                        "groups of a hopping window, in order",
                        "SELECT collect(size) as allSize FROM demo GROUP BY HOPPINGWINDOW(ss, 2, 1), color ORDER BY color",
                        demo,
                        """
                        1541152487: allSize=[6]
                        1541152487: allSize=[3]
                        1541152488: allSize=[6, 2]
                        1541152488: allSize=[3]
                        1541152489: allSize=[2]
                        1541152489: allSize=[4]
                        1541152490: allSize=[1]
                        1541152490: allSize=[4]
                        1541152491: allSize=[1]
                        """),
                rule(
                        "a column of the first of a window's rows",
                        "SELECT collect(*)[0]->color as c, window_end() as we FROM demo GROUP BY COUNTWINDOW(3)",
                        demo,
                        "1541152487.632: c=red we=1541152487632"));
    }
}
