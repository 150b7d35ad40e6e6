package org.headgate.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttAddressTest {
    @ParameterizedTest
    @CsvSource({
        "mqtt://h, false, false, h, 1883, ''",
        "tcp://h:1, false, false, h, 1, ''",
        "mqtts://h, true, false, h, 8883, ''",
        "ssl://h:2, true, false, h, 2, ''",
        "mqtts://[::1]:9, true, false, ::1, 9, ''",
        "ws://h, false, true, h, 80, /mqtt",
        "wss://h, true, true, h, 443, /mqtt",
        "wss://h:4/a/b?c=d, true, true, h, 4, /a/b?c=d",
        "ws://h/, false, true, h, 80, /"
    })
    void isRead(String text, boolean tls, boolean webSocket, String host, int port, String path) {
        assertThat(MqttAddress.parse(text)).isEqualTo(new MqttAddress(tls, webSocket, host, port, path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://x",
                "mqtt:/x",
                "mqtt://x/y",
                "mqtts://x?y",
                "mqtt://u:p@x",
                "h:1883",
                "mqtt://",
                "wss://u@x/",
                "ws://x#y"
            })
    void whatCannotWorkIsNamed(String text) {
        assertThatThrownBy(() -> MqttAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("address: " + text + " (expected: " + MqttAddress.EXPECTED + ")");
    }

    @Test
    void proxiesAreReadAndUserAndPasswordAreKeysOfTheirOwn() {
        assertThat(ProxySettings.of(Map.of("proxy", "socks5://p:1080"), name -> Optional.empty()))
                .hasValueSatisfying(
                        proxy -> assertThat(proxy.socks() + proxy.place()).isEqualTo("truep:1080"));
        assertThat(ProxySettings.of(Map.of("proxy", "http://[::1]:3128/"), name -> Optional.empty()))
                .hasValueSatisfying(
                        proxy -> assertThat(proxy.socks() + proxy.place()).isEqualTo("false[::1]:3128"));
        assertThat(ProxySettings.of(Map.of(), name -> Optional.empty())).isEmpty();
        assertThatThrownBy(() -> ProxySettings.of(Map.of("proxy", "http://u:p@h:1"), name -> Optional.empty()))
                .hasMessageEndingWith("user and password are keys of their own)");
        assertThatThrownBy(() -> ProxySettings.of(Map.of("proxy", "http://h"), name -> Optional.empty()))
                .hasMessageStartingWith("proxy: http://h (expected: http://host:port or socks5://host:port");
        assertThatThrownBy(() -> ProxySettings.of(
                        Map.of("proxy", "http://h:1", "proxy.user", "u", "proxy.password", "clear"),
                        name -> Optional.empty()))
                .hasMessage("proxy.password: *** (expected: @name of a file in HOME/secrets; clear text is refused)");
        assertThatThrownBy(() -> ProxySettings.of(Map.of("proxy.user", "u"), name -> Optional.empty()))
                .hasMessageStartingWith("proxy.user: u (expected: proxy beside it");
    }
}
