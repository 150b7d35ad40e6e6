package org.headgate.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void readsEveryKindOfValue() {
        assertThat(JsonReader.read(
                        " {\"a\": [1, -2.5, 1e3, true, false, null, \"x\\n\\u00e9\\\"\"], \"b\" : {}, \"c\":[] } "))
                .isEqualTo(Map.of(
                        "a", Arrays.asList(1L, -2.5, 1000.0, true, false, null, "x\n\u00e9\""),
                        "b", Map.of(),
                        "c", java.util.List.of()));
        assertThat(JsonReader.read("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(JsonReader.read("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(JsonReader.read("9223372036854775808")).isEqualTo(9223372036854775808.0);
        assertThat(JsonReader.read("null")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "+1",
                "NaN",
                "tru",
                "\"a",
                "\"\\x\"",
                "\"\\u12g4\"",
                "1 2",
                "[1 2]",
                "{\"a\" 1}",
                "{\"a\":1,\"a\":2}",
                "\"\t\"",
                "'a'",
                "//x"
            })
    void refusesWhatIsNotJsonOnOneLine(String text) {
        assertThatThrownBy(() -> JsonReader.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("column \\d+: .*\\(expected: .+\\)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {"[1, x]|column 5: 'x' (expected: a value)", "{\"a\":1|column 7: the end (expected: })"})
    void saysWhere(String text, String message) {
        assertThatThrownBy(() -> JsonReader.read(text)).hasMessage(message);
    }

    @Test
    void boundsTheNesting() {
        assertThat(JsonReader.read("[".repeat(64) + "]".repeat(64))).isNotNull();
        assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000))).hasMessageContaining("at most 64 levels");
    }

    /** Jackson is the oracle: damaged texts are accepted by both or by none. */
    @Test
    void agreesWithAnotherReaderOnDamagedTexts() throws Exception {
        ObjectMapper oracle = new ObjectMapper()
                .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        String good =
                "{\"stream\":\"boiler\",\"time\":1541152486013,\"data\":{\"t\":-71.25e1,\"p\":true,\"s\":\"\\u00b0C\",\"n\":null}}";
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int j = random.nextInt(3); j >= 0; j--) {
                text.setCharAt(
                        random.nextInt(text.length()), "{}[]\":,0123456789.eE+- tfnul\\x".charAt(random.nextInt(30)));
            }
            assertThat(accepts(() -> JsonReader.read(text.toString())))
                    .as(text.toString())
                    .isEqualTo(accepts(() -> oracle.readTree(text.toString())));
        }
    }

    private static boolean accepts(java.util.concurrent.Callable<?> reading) {
        try {
            reading.call();
            return true;
        } catch (Exception refused) {
            return false;
        }
    }

    @Test
    void whatWouldEndTheLineIsEscapedInTheMessage() {
        assertThatThrownBy(() -> JsonReader.read("\"\n"))
                .hasMessage("column 2: '\\u000a' (expected: no control character)");
    }

    /** Names are text of strangers: they end no line of a log, turn no writing round, and fill no screen. */
    @Test
    void aNameInTheMessageIsEscapedAndShortened() {
        assertThatThrownBy(() -> JsonReader.read("{\"a\\nb\\u2028\\u202E\":1,\"a\\nb\\u2028\\u202E\":2}"))
                .hasMessage("column 23: '\"' (expected: another name than a\\u000ab\\u2028\\u202e)");
        String name = "\"" + "\uD83D\uDE00".repeat(5000) + "\":1";
        assertThatThrownBy(() -> JsonReader.read("{" + name + "," + name + "}"))
                .hasMessageEndingWith("\uD83D\uDE00...)")
                .satisfies(wrong -> assertThat(wrong.getMessage().length()).isLessThan(140));
        assertThatThrownBy(() -> JsonReader.read("\u2028")).hasMessageStartingWith("column 1: '\\u2028'");
        assertThatThrownBy(() -> JsonReader.read("\uD83D")).hasMessageStartingWith("column 1: '\\ud83d'");
    }

    @Test
    void readsTextsOneAfterTheOther() {
        assertThat(JsonReader.readAll(" {\"a\":1}\n[2]\r\n\n3 \"x\"\n"))
                .isEqualTo(List.of(Map.of("a", 1L), List.of(2L), 3L, "x"));
        assertThat(JsonReader.readAll(" \n")).isEmpty();
        assertThatThrownBy(() -> JsonReader.readAll("{}{}")).hasMessageContaining("a blank or the end");
        assertThatThrownBy(() -> JsonReader.readAll("{}\n{")).isInstanceOf(IllegalArgumentException.class);
    }
}
