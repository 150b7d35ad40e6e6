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
        new MqttTransport()
                .check(new LinkSettings(
                        "cloud",
                        "gw",
                        address,
                        Duration.ofSeconds(1),
                        20,
                        "",
                        new char[0],
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
}
