package org.headgate.uplink.mqtt;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.headgate.uplink.api.LinkSettings;
import org.junit.jupiter.api.Test;

class MqttTransportTest {
    private static void check(String address, Map<String, String> options) {
        check(address, "", options);
    }

    private static void check(String address, String password, Map<String, String> options) {
        new MqttTransport()
                .check(new LinkSettings(
                        "cloud",
                        "gw",
                        address,
                        Duration.ofSeconds(1),
                        20,
                        "",
                        password.toCharArray(),
                        options,
                        Optional.empty(),
                        any -> Optional.empty()));
    }

    @Test
    void saysWhichKeyIsWrongAndWhatIsExpected() {
        assertThatCode(() -> check("mqtt://h:1", Map.of("version", "5", "client-id", "x", "keepalive", "10s")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check("mqtt:/h", Map.of())).hasMessageStartingWith("address: mqtt:/h (expected: ");
        assertThatThrownBy(() -> check("mqtt://h", Map.of("version", "4")))
                .hasMessage("version: 4 (expected: one of 3.1.1, 5)");
        assertThatThrownBy(() -> check("mqtt://h", Map.of("keepalive", "0s"))).hasMessageStartingWith("keepalive: 0s");
        assertThatThrownBy(() -> check("mqtt://h", Map.of("tipic", "x")))
                .hasMessageStartingWith("tipic: x (expected: ");
    }

    @Test
    void aPasswordThatTheVersionCannotSendIsRefused() {
        assertThatCode(() -> check("mqtt://h", "token", Map.of("version", "5"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("mqtt://h", "token", Map.of()))
                .hasMessageStartingWith("user: missing (expected: ");
    }

    @Test
    void theKeysOfTlsAndProxiesAreItsOwnAndAreCheckedWithoutAnyFile() {
        assertThatCode(() -> check(
                        "mqtts://h",
                        Map.of(
                                "tls.ca", "ca.pem",
                                "tls.pin", "sha256:" + "ab".repeat(32),
                                "tls.certificate", "me.pem",
                                "tls.key", "@key",
                                "tls.key-password", "@password",
                                "proxy", "socks5://p:1080",
                                "proxy.user", "u",
                                "proxy.password", "@p")))
                .doesNotThrowAnyException();
        assertThatCode(() -> check("wss://h/path", Map.of("tls.ca", "ca.pem"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("mqtt://h", Map.of("tls.ca", "ca.pem")))
                .hasMessage("tls.ca: ca.pem (expected: an address with mqtts:// or wss://)");
        assertThatThrownBy(() -> check("mqtts://h", Map.of("tls.pin", "x")))
                .hasMessageStartingWith("tls.pin: x (expected: ");
        assertThatThrownBy(() -> check("mqtts://h", Map.of("tls.cert", "x")))
                .hasMessageStartingWith(
                        "tls.cert: x (expected: a known key; of the transport mqtt: version, client-id, ")
                .hasMessageContaining("tls.certificate")
                .hasMessageContaining("proxy.user");
        assertThatThrownBy(() -> check("mqtts://h", Map.of("proxy", "ftp://x:1")))
                .hasMessageStartingWith("proxy: ftp://x:1 (expected: ");
        assertThatThrownBy(() -> check("mqtts://h", Map.of("tls.verify", "false")))
                .hasMessageStartingWith("tls.verify: false");
    }
}
