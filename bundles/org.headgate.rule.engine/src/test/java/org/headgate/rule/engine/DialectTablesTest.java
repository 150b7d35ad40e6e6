package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.headgate.rule.engine.RuleTablesTest.rule;

import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.RuleParser;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The corners of the language, by examples in the form of {@link RuleTablesTest}. */
class DialectTablesTest {
    private static final String FIVE = """
            1: 70.5 1 a true
            2: 91.0 2 b false
            3: -    3 a true
            4: !    4 - false
            12: 95.5 5 b true
            """;

    @TestFactory
    Stream<DynamicTest> values() {
        String one = "1: 1.7e308 1 a true";
        return Stream.of(
                rule(
                        "* / % before + -, from the left, a sign before all",
                        "SELECT 2 + 3 * 4 - 10 / 4 % 2 AS a, -2 * 3 AS b, (2 + 3) * 4 AS c, 7 - 2 - 1 AS d FROM boiler",
                        one,
                        "1: a=14 b=-6 c=20 d=4\n"),
                rule(
                        "integers divide towards zero, and the remainder has the dividend's sign",
                        "SELECT -7 / 2 AS a, -7 % 2 AS b, 7 % -2 AS c, -7.5 % 2 AS d FROM boiler",
                        one,
                        "1: a=-3 b=-1 c=1 d=-1.5\n"),
                rule(
                        "the ends of 64 bits can be written, and nothing wraps around",
                        "SELECT -9223372036854775808 AS least, 9223372036854775807 AS most, "
                                + "-9223372036854775808 / -1 AS a, abs(-9223372036854775808) AS b FROM boiler",
                        one,
                        "1: least=-9223372036854775808 most=9223372036854775807\n"),
                rule(
                        "round goes away from zero at a half, and not just below one",
                        "SELECT round(2.5) AS a, round(-2.5) AS b, round(0.49999999999999994) AS c FROM boiler",
                        one,
                        "1: a=3.0 b=-3.0 c=0.0\n"),
                rule(
                        "a sum of doubles beyond 64 bits is null",
                        "SELECT sum(temperature) AS s, avg(temperature) AS a, count(*) AS n FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10)",
                        one + "\n" + one,
                        "10: n=2\n"),
                rule(
                        "keywords in any case; one is a name in backticks",
                        "sElEcT count As `select`, true as `from` fRoM boiler wHeRe `count` iS nOt nUlL",
                        one,
                        "1: select=1 from=true\n"),
                rule(
                        "names in any script",
                        "SELECT count AS größe, größe + 1 AS 温度 FROM boiler",
                        one,
                        "1: größe=1 温度=2\n"));
    }

    @TestFactory
    Stream<DynamicTest> conditions() {
        String names = """
                1: 1 1 a_b true
                2: 1 2 axb true
                3: 1 3 50% true
                4: 1 4 - true
                5: 1 5 \uD83D\uDE00 true
                """;
        return Stream.of(
                rule(
                        "NOT before AND before OR",
                        "SELECT count FROM boiler WHERE NOT count = 1 AND count < 3 OR count = 5 AND pump",
                        FIVE,
                        "2: count=2\n12: count=5\n"),
                rule(
                        "NOT BETWEEN is below or above; a null bound is neither",
                        "SELECT count FROM boiler WHERE count NOT BETWEEN temperature AND 3",
                        FIVE,
                        "1: count=1\n2: count=2\n4: count=4\n12: count=5\n"),
                rule(
                        "NOT IN is different from each; from a null nothing is",
                        "SELECT count FROM boiler WHERE count NOT IN (1, temperature)",
                        FIVE,
                        "2: count=2\n12: count=5\n"),
                rule(
                        "texts are compared by their characters",
                        "SELECT count FROM boiler WHERE name > 'a' AND 'B' < 'a' AND name >= \"b\"",
                        FIVE,
                        "2: count=2\n12: count=5\n"),
                rule(
                        "a backslash before % and _ makes them ordinary",
                        "SELECT count FROM boiler WHERE name LIKE 'a\\_b' OR name LIKE '%\\%'",
                        names,
                        "1: count=1\n3: count=3\n"),
                rule("_ is one character, however long", "SELECT count FROM boiler WHERE name LIKE '_'", names, """
                        5: count=5
                        """),
                rule(
                        "a null is neither LIKE nor NOT LIKE anything",
                        "SELECT count FROM boiler WHERE name NOT LIKE 'a%'",
                        names,
                        "3: count=3\n5: count=5\n"));
    }

    @TestFactory
    Stream<DynamicTest> names() {
        return Stream.of(
                rule(
                        "in WHERE a column hides an alias, in later items the alias hides the column",
                        "SELECT count * 10 AS count, count + 1 AS next FROM boiler WHERE count < 3",
                        FIVE,
                        "1: count=10 next=11\n2: count=20 next=21\n"),
                rule(
                        "an alias may be a dimension",
                        "SELECT count % 2 AS odd, count(*) AS n FROM boiler GROUP BY odd, TUMBLINGWINDOW(ss, 20)",
                        FIVE,
                        "20: odd=1 n=3\n20: odd=0 n=2\n"),
                rule(
                        "a column hides an alias there too",
                        "SELECT count % 2 AS count, count(name) AS x FROM boiler GROUP BY count, TUMBLINGWINDOW(ss, 20)",
                        FIVE,
                        "20: count=1 x=1\n20: count=0 x=1\n20: count=1 x=1\n20: count=0 x=0\n20: count=1 x=1\n"),
                rule(
                        "* beside expressions",
                        "SELECT *, count + 1 AS next FROM boiler WHERE count = 1",
                        FIVE,
                        "1: temperature=70.5 count=1 name=a pump=true next=2\n"));
    }

    @TestFactory
    Stream<DynamicTest> deadband() {
        String rows = """
                1: 20.0 1 a true
                4: 20.6 4 a true
                5: -    5 a true
                6: 20.2 6 a false
                7: 20.0 8 a true
                """;
        return Stream.of(
                rule(
                        "a row that passes without the deadband having been asked is its reference all the same",
                        "SELECT count FROM boiler WHERE pump OR deadband(temperature, 0.5)",
                        rows,
                        "1: count=1\n4: count=4\n5: count=5\n7: count=8\n"),
                rule(
                        "of two deadbands each is about the last row that passed",
                        "SELECT count FROM boiler WHERE deadband(temperature, 0.5) AND deadband(count, 2)",
                        rows,
                        "1: count=1\n4: count=4\n7: count=8\n"));
    }

    /** The deepest rule of each shape that is accepted runs on a stack far smaller than any loop's. */
    @ParameterizedTest
    @CsvSource({
        "(,        1,          )",
        "'',       1,          + 1",
        "- ,       1,          ''",
        "abs(,     1,          )",
        "CASE WHEN true THEN, 1, END"
    })
    void whatIsAcceptedDoesNotOverflowTheStack(String before, String inner, String after) throws Exception {
        String sql = IntStream.of(1_000, 295, 290, 145, 98, 95, 73, 70)
                .mapToObj(n -> "SELECT " + (before + " ").repeat(n) + inner + (" " + after).repeat(n) + " FROM boiler")
                .filter(DialectTablesTest::isAccepted)
                .findFirst()
                .orElseThrow();
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        Recording recording = new Recording(sql);
                        recording.play("1: 1 1 a true");
                        output.complete(recording.output());
                    } catch (RuleException | StackOverflowError tooDeep) {
                        output.completeExceptionally(tooDeep);
                    }
                },
                "small",
                400 * 1024);
        thread.start();
        thread.join();
        assertThat(output.get()).startsWith("1: ");
    }

    private static boolean isAccepted(String sql) {
        try {
            RuleParser.parse(sql);
            return true;
        } catch (RuleException refused) {
            assertThat(refused).hasMessageContaining("expected an expression that is nested less deeply");
            return false;
        }
    }
}
