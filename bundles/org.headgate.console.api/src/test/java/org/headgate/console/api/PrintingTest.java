package org.headgate.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrintingTest {
    @Test
    void jsonEscapesWhatRfc8259Asks() {
        assertThat(new Json().put("a\"b", "x\\y\n\t\u0001°\uD83D\uDE00\uD800").toString())
                .isEqualTo("{\"a\\\"b\":\"x\\\\y\\u000a\\u0009\\u0001°\uD83D\uDE00\uFFFD\"}");
    }

    @Test
    void jsonNestsAndHasNoNumbersThatAreNone() {
        Json json = new Json()
                .put("n", 1.5)
                .put("nan", Double.NaN)
                .put("none", Optional.empty())
                .put("some", Optional.of(7L))
                .put("list", List.of(true, Map.of("k", new Json().put("x", null))));
        assertThat(json.toString())
                .isEqualTo("{\"n\":1.5,\"nan\":null,\"none\":null,\"some\":7,\"list\":[true,{\"k\":{\"x\":null}}]}");
    }

    /** A path is an Iterable of paths, each of which is one of itself. */
    @Test
    void jsonShowsAPathAsText() {
        assertThat(new Json().put("home", Path.of("/opt/gateway")).toString()).isEqualTo("{\"home\":\"/opt/gateway\"}");
    }

    @Test
    void aTableAlignsNumbersToTheRight() {
        assertThat(print(new Table("NAME", "ROWS>").row("boiler", 7).row("x", 1200)))
                .isEqualTo("NAME    ROWS\nboiler     7\nx       1200\n");
    }

    @Test
    void aTableFitsAHundredColumnsAndOneLineARow() {
        String table = print(new Table("A", "B", "C").row("a".repeat(90), "b\nc", "c".repeat(60)));
        assertThat(table.lines()).hasSize(2).allMatch(line -> line.length() <= 100);
        assertThat(table).contains("\u2026").contains("b c");
    }

    @Test
    void whatIsWrongIsSaidInFullBelowTheTableWhenItDoesNotFit() {
        String reason =
                "poll: often (expected: a duration such as 500ms, 10s, 5m or 2h, at least 10ms); " + "x".repeat(30);
        String table = print(new Table("NAME", "DETAIL")
                .row("boiler", reason)
                .explain()
                .row("host", "")
                .explain());
        assertThat(table.lines()).hasSize(5).allMatch(line -> line.length() <= 100);
        assertThat(table.lines().skip(3).toList().get(0)).startsWith("boiler: poll: often (expected: a duration");
        assertThat(table.lines().toList().get(4)).isEqualTo("  " + "x".repeat(30));
        assertThat(print(new Table("NAME", "DETAIL").row("a", "short").explain())
                        .lines())
                .hasSize(2);
    }

    private static String print(Table table) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        table.print(out);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
