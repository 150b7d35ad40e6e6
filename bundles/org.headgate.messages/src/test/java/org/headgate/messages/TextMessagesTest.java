package org.headgate.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.headgate.device.api.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextMessagesTest {
    @Test
    void csvHasQuotesAndLines() throws Exception {
        Decoding decoding = Decoding.of("time=csv/0", "csv/1 string", "csv/2 double");
        decoding.decode("1700000000,\"a \"\"b\"\",\nc\", 21.5 \r\n\r\n1700000001,x,\n,,7\n");
        assertThat(decoding.rows)
                .extracting(row -> row.values)
                .containsExactly(Map.of(0, "a \"b\",\nc", 1, 21.5), Map.of(0, "x"), Map.of(1, 7L));
        assertThat(decoding.rows)
                .extracting(row -> row.time)
                .containsExactly(Decoding.NOW, Decoding.NOW + 1_000_000_000L, 0L);
    }

    @Test
    void csvMayBeSeparatedOtherwise() throws Exception {
        assertThat(Decoding.of("separator=;", "csv/1 double").only("a;2")).isEqualTo(2L);
        assertThat(Decoding.of("separator=tab", "csv/1 double").only("a\t2")).isEqualTo(2L);
        assertThat(Decoding.of("separator=blank", "csv/1 double").only("a 2")).isEqualTo(2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a", "\"a\"b,1"})
    void brokenQuotesRefuseTheMessage(String text) throws Exception {
        Decoding decoding = Decoding.of("", "csv/0 string");
        assertThatThrownBy(() -> decoding.decode(text))
                .isInstanceOf(MessageException.class)
                .hasMessageStartingWith("no CSV: ");
    }

    @ParameterizedTest
    @CsvSource({
        "21.5,21.5",
        "'21.5 °C\n',21.5",
        "-4,-4",
        ".5,0.5",
        "5.,5.0",
        "40%,40",
        "3 m/s,3",
        "1 234,BAD no number: 1 234",
        "e5,BAD no number: e5",
        "-,BAD no number: -",
        "12 5x,BAD no number: 12 5x",
        "4e,4",
        "9223372036854775807,9223372036854775807",
        "-9223372036854775808,-9223372036854775808",
        "+9223372036854775807 Wh,9223372036854775807",
        "-1234567890123456789,-1234567890123456789",
        "9223372036854775808,9.223372036854776E18",
        "9300000000000000000,9.3E18",
        "-9300000000000000000,-9.3E18",
        "00000000000000000000000000000007,7",
        "1x2,BAD no number: 1x2"
    })
    void textIsANumberWithItsUnit(String text, String value) throws Exception {
        assertThat(String.valueOf(Decoding.of("", "text double").only(text))).isEqualTo(value);
    }

    @Test
    void textIsAsItCame() throws Exception {
        assertThat(Decoding.of("", "text bytes").only("a\n")).isEqualTo(new byte[] {'a', '\n'});
        assertThat(Decoding.of("", "text bytes")
                        .decode(new byte[] {-1})
                        .rows
                        .get(0)
                        .values
                        .get(0))
                .isEqualTo(new byte[] {-1});
        assertThat(Decoding.of("", "text boolean").only("ON\n")).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({
        "separator=xx,csv/1,separator: xx",
        "time=csv/0,/a,time: csv/0",
        "time=/a,csv/0,time: a JSON pointer",
        "time=nowhere,/a,time: nowhere",
        "time.unit=h,/a,time.unit: h",
        "rows=data,/a,rows: data",
        "rows=/data,csv/1,rows: /data",
        "message.max=3,/a,message.max: 3",
        "message.max=17MiB,/a,message.max: 17MiB",
        "time=/ts,senml/a,time: a JSON pointer",
        "time=/ts,text,time: a JSON pointer",
        "'',/a~2,channel.c0: /a~2",
        "'',csv/x,channel.c0: csv/x",
        "'',senml/,channel.c0: senml/",
        "'',nothing,channel.c0: nothing",
    })
    void judgesKeysAndSources(String keys, String source, String message) {
        String said = message.replace("time: csv/0", "time: csv/0").trim();
        assertThatThrownBy(() -> Decoding.of(keys, source + " double"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(said + " (expected: ")
                .hasMessageNotContainingAny("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"map=a", "map=a:", "map=:1", "encoding=rot13", "required=maybe", "field=x"})
    void judgesOptions(String option) {
        assertThatThrownBy(() -> Decoding.of("", "/a double " + option))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("channel.c0: " + option);
    }
}
