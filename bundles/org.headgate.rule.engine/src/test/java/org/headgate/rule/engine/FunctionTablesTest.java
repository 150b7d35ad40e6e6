package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.headgate.codec.JsonReader;
import org.headgate.codec.JsonWriter;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.RuleParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * The corners of every scalar function. Each line of {@code functions.txt} is an expression and what it gives on one row: a JSON value,
 * {@code null}, or {@code !} and the words of the failure that made it null. The row has columns without a value ({@code nox notext noarray
 * nostruct noany}), with one ({@code x = 2.5, n = 7, text, flag, bytes, array, struct}) and some of any type ({@code anyx anyn anytext anyarray
 * anystruct}). The gateway's time zone is New York's.
 */
class FunctionTablesTest {
    private static final long NOW = 1_714_979_289_250_000_000L;
    private static final FunctionCatalog CATALOG =
            new FunctionCatalog(BuiltIns.all(ZoneId.of("America/New_York"), new SplittableRandom(7)));
    private static final Schema SCHEMA = Schema.of(
            Column.of("nox", Type.DOUBLE),
            Column.of("notext", Type.STRING),
            Column.of("noarray", Type.ARRAY),
            Column.of("nostruct", Type.STRUCT),
            Column.of("noany", Type.ANY),
            Column.of("x", Type.DOUBLE),
            Column.of("n", Type.LONG),
            Column.of("text", Type.STRING),
            Column.of("flag", Type.BOOLEAN),
            Column.of("bytes", Type.BYTES),
            Column.of("array", Type.ARRAY),
            Column.of("struct", Type.STRUCT),
            Column.of("anyx", Type.ANY),
            Column.of("anyn", Type.ANY),
            Column.of("anytext", Type.ANY),
            Column.of("anyarray", Type.ANY),
            Column.of("anystruct", Type.ANY));

    @ParameterizedTest
    @CsvFileSource(resources = "/functions.txt", delimiterString = " => ", quoteCharacter = '\0')
    void gives(String expression, String expected) throws Exception {
        List<String> results = new ArrayList<>();
        RuleProgram program = new RuleProgram(
                "r",
                RuleParser.parse("SELECT " + expression + " AS result FROM s"),
                CATALOG,
                Inputs.NONE,
                RuleOptions.DEFAULT,
                row -> results.add(json(row)));
        program.row(0, row(), NOW);
        String detail = program.detail(NOW);
        if (expected.startsWith("!")) {
            assertThat(detail).startsWith(expected.substring(1));
            assertThat(detail).doesNotContain("\n").doesNotStartWith("defect");
            assertThat(results).isSubsetOf("null");
        } else {
            assertThat(detail).isEmpty();
            assertThat(results).containsExactly(expected);
        }
    }

    /** Ways to match that a backtracking engine tries one after the other: hours of work for each of these. */
    @Test
    void noRegularExpressionHangs() throws Exception {
        String text = "'" + "a".repeat(20_000) + "!'";
        for (String hostile : List.of("(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){30}", "((a*)*)*b", "(a?){200}a{200}$")) {
            RuleProgram program = new RuleProgram(
                    "r",
                    RuleParser.parse("SELECT regexp_matches(" + text + ", '" + hostile + "') AS a, regexp_replace("
                            + text + ", '" + hostile + "', 'x') AS b FROM s"),
                    CATALOG,
                    Inputs.NONE,
                    RuleOptions.DEFAULT,
                    row -> {});
            program.row(0, row(), NOW);
            assertThat(program.detail(NOW)).as(hostile).doesNotStartWith("defect");
        }
    }

    private static String json(Row row) {
        return new JsonWriter().value(row.object(0)).toString();
    }

    private static Row row() {
        Map<?, ?> struct = (Map<?, ?>) JsonReader.read("{\"a\": 1, \"b\": {\"c\": [1, 2.5, null]}, \"x y\": \"z\"}");
        List<?> array = (List<?>) JsonReader.read("[3, 1.0, null, \"x\", 3, [1]]");
        RowBuilder row = Row.builder(SCHEMA);
        row.set(5, 2.5).set(6, 7).set(7, "Gr\u00f6\u00dfe \uD83D\uDE00").set(8, true);
        row.set(9, new byte[] {'h', 'i'}).set(10, (Object) array).set(11, (Object) struct);
        row.set(12, (Object) 2.5).set(13, (Object) 7L).set(14, (Object) "abc");
        row.set(15, (Object) array).set(16, (Object) struct);
        return row.build(NOW, ClockState.SYNCED);
    }
}
