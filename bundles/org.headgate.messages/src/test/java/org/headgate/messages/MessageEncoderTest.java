package org.headgate.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.headgate.device.api.InvalidSettingException;
import org.junit.jupiter.api.Test;

class MessageEncoderTest {
    private static String encoded(String channel, String template, Object value) throws InvalidSettingException {
        return new String(
                MessageEncoder.of(Decoding.channels(channel).get(0), template).encode(value), StandardCharsets.UTF_8);
    }

    @Test
    void withoutATemplateItIsWhatTheSourceWouldFind() throws Exception {
        assertThat(encoded("/state double", "", 21.5)).isEqualTo("{\"state\":21.5}");
        assertThat(encoded("/a/b string", "", "x\"y")).isEqualTo("{\"a\":{\"b\":\"x\\\"y\"}}");
        assertThat(encoded("text long", "", 7L)).isEqualTo("7");
        assertThat(MessageEncoder.of(Decoding.channels("text bytes").get(0), "").encode(new byte[] {-1}))
                .containsExactly(-1);
    }

    @Test
    void inJsonTheValueIsJson() throws Exception {
        assertThat(encoded("/v string", "{\"state\":{}}", "ON")).isEqualTo("{\"state\":\"ON\"}");
        assertThat(encoded("/v double", "{\"state\":{}}", 1.5)).isEqualTo("{\"state\":1.5}");
        assertThat(encoded("/v string", "{\"set\":\"to~s{}\"}", "\",\"x\":1"))
                .isEqualTo("{\"set\":\"to \\\",\\\"x\\\":1\"}");
        assertThat(encoded("/v boolean map=ON:1,OFF:0", "{\"state\":{}}", false))
                .isEqualTo("{\"state\":\"OFF\"}");
        assertThat(encoded("/v long map=OPEN:1,CLOSED:0", "", 1L)).isEqualTo("{\"v\":\"OPEN\"}");
        assertThat(encoded("/v long map=OPEN:1,CLOSED:0", "", 5L)).isEqualTo("{\"v\":5}");
    }

    @Test
    void otherTemplatesArePlainText() throws Exception {
        assertThat(encoded("anything string", "SET~s{}", "a\"b")).isEqualTo("SET a\"b");
        assertThat(encoded("/v bytes encoding=hex", "{}", new byte[] {1})).isEqualTo("\u0001");
        assertThat(encoded("/v bytes encoding=hex", "x{}", new byte[] {1, -1})).isEqualTo("x01ff");
    }

    @Test
    void judgesTemplates() {
        assertThatThrownBy(() -> encoded("/v double", "no place", 1)).isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> encoded("/v double", "{\"a\":{}", 1)).isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> encoded("csv/1 double", "", 1)).isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> encoded("/0/a double", "", 1)).isInstanceOf(InvalidSettingException.class);
    }

    /** What one channel writes, a channel like it reads. */
    @Test
    void whatIsWrittenIsRead() throws Exception {
        for (String text : new String[] {"", "a\"b\\c", "ü\u0000\n", "{}"}) {
            assertThat(Decoding.of("", "/a/b string").only(encoded("/a/b string", "", text)))
                    .isEqualTo(text);
        }
    }
}
