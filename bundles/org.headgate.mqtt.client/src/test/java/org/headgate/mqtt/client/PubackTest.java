package org.headgate.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.headgate.mqtt.client.kit.Heard;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a broker of MQTT 5 says of a message (3.4.2.1), and what that means. */
class PubackTest {
    @BeforeAll
    static void leavePahosThreadsAlone() {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    @ParameterizedTest
    @CsvSource({
        "0x00, ack 1",
        "0x10, ack 1",
        "0x87, refused 1 reason code 0x87 of the PUBACK",
        "0x90, refused 1 reason code 0x90 of the PUBACK",
        "0x97, exhausted reason code 0x97 of the PUBACK",
        "0x99, refused 1 reason code 0x99 of the PUBACK"
    })
    void whatMayPassIsNoFaultOfTheMessage(String code, String told) throws Exception {
        Heard heard = new Heard();
        try (ScriptedBroker broker = new ScriptedBroker("5", Integer.decode(code));
                MqttSession session = Mqtt.connect(settings(broker.port()), heard)) {
            session.publish(1, new Publication("a", new byte[1]));
            heard.await(told);
            assertThat(heard.lines()).containsExactly(told);
        }
    }

    /** A PUBREC that refuses ends the way of a message of QoS 2 (3.5.2.1), and not the connection. */
    @ParameterizedTest
    @CsvSource({
        "0x00, ack 1",
        "0x10, ack 1",
        "0x80, failed 1 reason code 0x80 of the PUBACK",
        "0x83, failed 1 reason code 0x83 of the PUBACK",
        "0x87, refused 1 reason code 0x87 of the PUBACK",
        "0x97, exhausted reason code 0x97 of the PUBACK",
        "0x99, refused 1 reason code 0x99 of the PUBACK"
    })
    void soItIsWithQosTwo(String code, String told) throws Exception {
        Heard heard = new Heard();
        try (ScriptedBroker broker = new ScriptedBroker("5", Integer.decode(code));
                MqttSession session = Mqtt.connect(settings(broker.port()), heard)) {
            session.publish(1, new Publication("a", new byte[1], 2, false, "", "", new byte[0]));
            heard.await(told);
            assertThat(heard.lines().get(0)).isEqualTo(told);
            if (told.startsWith("refused")) {
                // The connection goes on.
                session.publish(2, new Publication("a", new byte[1], 2, false, "", "", new byte[0]));
                heard.await(told.replace("refused 1", "refused 2"));
            }
        }
    }

    /** MQTT 5, 3.4.2.1: an error of the broker's own; whether it is this message's fault only its sender can find out. */
    @ParameterizedTest
    @CsvSource({"0x80, true", "0x80, false", "0x83, true", "0x83, false"})
    void anErrorOfItsOwnNamesItsMessageAndEndsTheConnectionOnlyWhereNobodyBearsIt(String code, boolean bears)
            throws Exception {
        Heard heard = new Heard();
        if (bears) {
            heard.bearFailures();
        }
        String why = "reason code " + code + " of the PUBACK";
        try (ScriptedBroker broker = new ScriptedBroker("5", Integer.decode(code));
                MqttSession session = Mqtt.connect(settings(broker.port()), heard)) {
            session.publish(1, new Publication("a", new byte[1]));
            if (bears) {
                heard.await("failed 1");
                session.publish(2, new Publication("a", new byte[1]));
                heard.await("failed 2");
                assertThat(heard.lines()).containsExactly("failed 1 " + why, "failed 2 " + why);
            } else {
                heard.await("exhausted");
                assertThat(heard.lines()).containsExactly("failed 1 " + why, "exhausted " + why);
            }
        }
    }

    private static MqttSettings settings(int port) {
        Duration timeout = Duration.ofSeconds(20);
        return new MqttSettings(
                "mqtt://127.0.0.1:" + port, "5", "p", "", new char[0], timeout, Duration.ofSeconds(30), 5);
    }
}
