package org.headgate.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A password that is configured goes out, or the settings are refused: never is a connection tried without it. */
class LogInTest {
    /** Of the flags of a CONNECT: a user's name, a password (MQTT 5, 3.1.2.3). */
    private static final int USER = 0x80;

    private static final int PASSWORD = 0x40;
    private static final int FLAGS = 8;

    private static final MqttEvents NOBODY = new MqttEvents() {
        @Override
        public void lost(String why) {}
    };

    @ParameterizedTest
    @CsvSource({"5,'',token,64", "5,me,token,192", "5,me,'',192", "5,'','',0", "3.1.1,me,token,192", "3.1.1,'','',0"})
    void theConnectPacketHasWhatTheSettingsHave(String version, String user, String password, int flags)
            throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker(version)) {
            MqttSettings settings = new MqttSettings(
                    "mqtt://127.0.0.1:" + broker.port(),
                    version,
                    "id",
                    user,
                    password.toCharArray(),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(30),
                    5);
            Mqtt.connect(settings, NOBODY).close();
            byte[] connect = broker.greeting().get(10, TimeUnit.SECONDS);
            assertThat(connect[FLAGS] & (USER | PASSWORD)).isEqualTo(flags);
            assertThat(new String(connect, StandardCharsets.ISO_8859_1)).endsWith(password);
        }
    }

    /** MQTT 3.1.1, 3.1.2.9: without a user's name there is no password. */
    @Test
    void whatTheVersionCannotSendIsRefused() {
        assertThatCode(() -> keys("5").checkLogIn("", true)).doesNotThrowAnyException();
        assertThatCode(() -> keys("3.1.1").checkLogIn("me", true)).doesNotThrowAnyException();
        assertThatCode(() -> keys("3.1.1").checkLogIn("", false)).doesNotThrowAnyException();
        assertThatThrownBy(() -> keys("3.1.1").checkLogIn("", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "user: missing (expected: a name beside the password or token; MQTT 3.1.1 sends none without)");
    }

    private static MqttKeys keys(String version) {
        return MqttKeys.read("mqtt://h", Map.of("version", version), file -> Optional.empty());
    }
}
