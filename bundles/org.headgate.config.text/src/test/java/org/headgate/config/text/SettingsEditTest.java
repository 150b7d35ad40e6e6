package org.headgate.config.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsEditTest {
    private static String set(String text, String key, String value) throws IOException {
        return SettingsEdit.set(SettingsText.parse(text), key, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '"',
            value = {
                "  a   =  1   # why;b = 2|  a   =  x y   # why;b = 2",
                "a=1|a= x y",
                "a =|a = x y",
                "a = # c|a = x y # c",
                "a =# c|a = x y # c",
                "a = 1 \\;  2 # c;|a = x y # c;",
                "b = 2;|b = 2;a = x y;",
                "b = 2|b = 2;a = x y;",
                "b = 2\r;# c\r;|b = 2\r;# c\r;a = x y\r;",
            })
    void changesNothingButTheValue(String before, String after) throws IOException {
        String edited = set(before.replace(';', '\n'), "a", "x y");
        assertThat(edited).isEqualTo(after.replace(';', '\n'));
    }

    @Test
    void unsetTakesAllLinesOfTheKeyAndNoOther() throws IOException {
        assertThat(SettingsEdit.unset(SettingsText.parse("# x\r\na = 1 \\\r\n 2\r\n# y\r\nb = 3"), "A"))
                .isEqualTo("# x\r\n# y\r\nb = 3");
    }

    @Test
    void setOfTheSameValueKeepsItsSpelling() throws IOException {
        assertThat(set("a = 1 \\\n   2\n", "a", "1 2")).isEqualTo("a = 1 \\\n   2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", " a", "a\t", "C:\\", "x # y", "x #", "# x", "a\0b"})
    void refusesWhatTheFormatCannotSay(String value) {
        assertThatThrownBy(() -> set("a = 1\n", "a", value))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("a: the value cannot be written to a file (expected: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a=b", "#a", "service.x", "a\n", "\uFEFFa\t"})
    void refusesKeysThatCouldNotBeRead(String key) {
        assertThatThrownBy(() -> set("", key, "1")).isInstanceOf(IOException.class);
    }

    @Test
    void refusesToEditABrokenFile() {
        assertThatThrownBy(() -> set("a 1\n", "b", "1"))
                .hasMessage("line 1: 'a' (expected: key = value); correct the file by hand first");
    }

    /** Whatever is edited, the file says what was asked for, and every line of another key or comment is still there. */
    @RepeatedTest(300)
    void randomEditsKeepEveryOtherByte(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        String newline = random.nextBoolean() ? "\n" : "\r\n";
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < 12; i++) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(" # note ").append(i).append(" = \\").append(newline);
                case 1 -> text.append(newline);
                default -> {
                    text.append(" ".repeat(random.nextInt(3))).append("k").append(i);
                    text.append(" ".repeat(random.nextInt(3))).append("=").append(" ".repeat(random.nextInt(3)));
                    String value = random.nextBoolean() ? "" : "v" + i;
                    text.append(value);
                    if (!value.isEmpty() && random.nextInt(3) == 0) {
                        text.append(" \\").append(newline).append("   more");
                        value += " more";
                    }
                    text.append(random.nextInt(3) == 0 ? "  # c" + i : "").append(newline);
                    expected.put("k" + i, value);
                }
            }
        }
        String now = text.substring(0, text.length() - (random.nextInt(3) == 0 ? newline.length() : 0));
        assertThat(SettingsText.parse(now).values()).isEqualTo(expected);
        for (int i = 0; i < 20; i++) {
            String key = "k" + random.nextInt(14);
            String value = random.nextInt(5) == 0 ? "" : "x" + random.nextInt(100) + "\\y #z=°" + i;
            SettingsText before = SettingsText.parse(now);
            boolean unset = random.nextInt(4) == 0;
            now = unset ? SettingsEdit.unset(before, key) : SettingsEdit.set(before, key, value);
            if (unset) {
                expected.remove(key);
            } else {
                expected.put(key, value);
            }
            SettingsText after = SettingsText.parse(now);
            assertThat(after.values()).isEqualTo(expected);
            assertThat(others(after, key)).isEqualTo(others(before, key));
        }
    }

    /** The text without the lines of a key; a line ending that an appended key has needed does not count. */
    private static String others(SettingsText text, String key) {
        return text.entry(key)
                .map(entry -> text.text().substring(0, entry.lineStart())
                        + text.text().substring(entry.lineEnd()))
                .orElse(text.text())
                .stripTrailing();
    }
}
