package org.headgate.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTextTest {
    private static Map<String, String> values(String text) {
        SettingsText parsed = SettingsText.parse(text);
        assertThat(parsed.broken()).isEmpty();
        return parsed.values();
    }

    @Test
    void readsTheDesignsExample() {
        assertThat(values("""
                        # headgate.device-boiler.cfg
                        driver  = modbus
                        address = tcp:192.0.2.10:502,unit=1        # options follow commas: no ? & ; in addresses
                        channel.temperature = holding/100 int16 scale=0.1 unit=degC
                        """))
                .containsExactly(
                        Map.entry("driver", "modbus"),
                        Map.entry("address", "tcp:192.0.2.10:502,unit=1"),
                        Map.entry("channel.temperature", "holding/100 int16 scale=0.1 unit=degC"));
    }

    @Test
    void nothingButHashAndBackslashAtTheLinesEndIsSpecial() {
        assertThat(values("path = C:\\new\\table ${x} $[y] \"q\" = % °C"))
                .containsEntry("path", "C:\\new\\table ${x} $[y] \"q\" = % °C");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a = x # c|x",
                "a = x #|x",
                "a = x #5|x #5",
                "a = x# c|x# c",
                "a = # c|\"\"",
                "a =# c|\"\"",
                "a = #ff0000|#ff0000",
                "a=b=c|b=c",
                "a =|\"\"",
                "a = \\\\server|\\\\server"
            })
    void aHashBetweenBlanksBeginsAComment(String line, String value) {
        assertThat(values(line)).containsExactly(Map.entry("a", value));
    }

    @Test
    void aContinuationMakesOneBlankOfTheBlanksAroundTheBreakAndNoneOfNone() {
        assertThat(values("sql = SELECT a, \\\n      b\\\n  FROM c # the end\nlong = ab\\\ncd\n"))
                .containsEntry("sql", "SELECT a, b FROM c")
                .containsEntry("long", "abcd");
    }

    @Test
    void toleratesByteOrderMarkCrLfAndBlanksAfterTheBackslash() {
        assertThat(values("\uFEFFa = 1\r\n\r\nb = x \\  \r\n  y\r\n"))
                .containsExactly(Map.entry("a", "1"), Map.entry("b", "x y"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a = 1;poll 1s|line 2: 'poll' (expected: key = value)",
                "password hunter2|line 1: 'password' (expected: key = value)",
                "password aHVudGVyMg==|line 1: 'password' (expected: = behind it, and a key without blanks and #)",
                "a = 1;;a = 2|line 3: 'a' stands in line 1 already (expected: each key once)",
                "Poll = 1;poll = 2|line 2: 'poll' stands in line 1 already (expected: each key once)",
                "= 1|line 1: nothing before '=' (expected: key = value)",
                "a b = 1|line 1: 'a' (expected: = behind it, and a key without blanks and #)",
                "service.pid = x|line 1: 'service.pid' is reserved (expected: another key)",
                "a = 1;b = x\\|line 2: '\\' at the end of the file (expected: a line that continues the value)",
                "a = 1 \\;b;c|line 3: 'c' (expected: key = value)",
            })
    void saysWhatIsWrongInWhichLine(String text, String expected) {
        SettingsText parsed = SettingsText.parse(text.replace(';', '\n'));
        assertThat(parsed.broken()).contains(expected);
        assertThat(parsed.values()).isEmpty();
    }

    @Test
    void refusesLatin1AndTheZerosOfAPowerCut() {
        assertThat(SettingsText.parse("a = 1\nunit = °C\n".getBytes(StandardCharsets.ISO_8859_1))
                        .broken())
                .contains("line 2: not UTF-8 (expected: save the file as UTF-8)");
        assertThat(SettingsText.parse("a = 1\n\0\0\0\0").broken())
                .contains("line 2: a control character (expected: text)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# only\n# comments", "\uFEFF"})
    void aFileWithoutKeysIsNotBroken(String text) {
        assertThat(values(text)).isEmpty();
    }
}
