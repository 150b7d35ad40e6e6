package org.headgate.commands.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FactsTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Facts facts = new Facts(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void aFactIsALineAndNothingIsADash() {
        facts.line("name", "boiler").line("address", "").line("a-key-that-is-long", 5);
        assertThat(text()).isEqualTo("""
                name          boiler
                address       -
                a-key-that-is-long 5
                """);
    }

    @Test
    void aLongTextIsBrokenAtBlanksOrWhereThereAreNone() {
        facts.line("sql", "SELECT " + "temperature, ".repeat(20)).line("topic", "x".repeat(180));
        assertThat(text().lines())
                .hasSizeGreaterThan(5)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100))
                .noneMatch(line -> line.endsWith(" "));
        assertThat(text().replaceAll("\\s+", "")).contains("x".repeat(180));
    }

    @Test
    void whatWouldMoveTheCursorIsABlank() {
        facts.line("detail", "a\nb\u001b[2Kc");
        assertThat(text()).isEqualTo("detail        a b [2Kc\n");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
