package org.headgate.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.headgate.mqtt.client.kit.Heard;
import org.headgate.mqtt.client.kit.Mosquitto;
import org.headgate.mqtt.client.kit.TestProxy;
import org.headgate.tls.CertificateClock;
import org.headgate.tls.TlsSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out is what comes in, at a real broker; and what the broker does not take is known before. */
class MessagesTest {
    @TempDir
    private Path folder;

    private Mosquitto broker;

    @BeforeAll
    static void leavePahosThreadsAlone() {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (broker != null) {
            broker.close();
        }
    }

    private void start(String... lines) throws IOException, InterruptedException {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        broker = new Mosquitto(folder, lines).start();
    }

    private MqttSettings settings(String version, String id) {
        return settings(version, id, broker.port(), Optional.empty());
    }

    private static MqttSettings settings(String version, String id, int port, Optional<Publication> will) {
        return new MqttSettings(
                "mqtt://127.0.0.1:" + port,
                version,
                id,
                "",
                new char[0],
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                50,
                will,
                TlsSettings.SYSTEM,
                Optional.empty(),
                CertificateClock.MACHINE);
    }

    private static Publication message(String topic, String text, int qos, boolean retain) {
        return new Publication(
                topic,
                text.getBytes(StandardCharsets.UTF_8),
                qos,
                retain,
                "application/json",
                "answer/here",
                new byte[] {1, 0, 2});
    }

    @ParameterizedTest
    @CsvSource({"3.1.1, 0", "3.1.1, 1", "3.1.1, 2", "5, 0", "5, 1", "5, 2"})
    void eachQosIsAcknowledgedOnceAndArrivesWithItsProperties(String version, int qos) throws Exception {
        start();
        Heard sent = new Heard();
        Heard got = new Heard();
        try (MqttSession publisher = Mqtt.connect(settings(version, "p"), sent);
                MqttSession subscriber = Mqtt.connect(settings(version, "s"), got)) {
            subscriber.subscribe(List.of("a/#", "b/+"));
            publisher.publish(1, message("a/x", "one", qos, false));
            publisher.publish(2, message("b/y", "two", qos, false));
            publisher.publish(3, message("c/z", "nobody", qos, false));
            got.await("b/y two");
            sent.await("ack 3");
            assertThat(sent.lines()).containsExactly("ack 1", "ack 2", "ack 3");
            assertThat(got.lines()).containsExactly("a/x one", "b/y two");
            Publication first = got.messages().get(0);
            assertThat(first.qos()).isEqualTo(Math.min(qos, 1));
            boolean five = version.equals("5");
            assertThat(first.contentType()).isEqualTo(five ? "application/json" : "");
            assertThat(first.responseTopic()).isEqualTo(five ? "answer/here" : "");
            assertThat(first.correlation()).isEqualTo(five ? new byte[] {1, 0, 2} : new byte[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void whatIsKeptComesToThoseWhoComeLater(String version) throws Exception {
        start();
        Heard sent = new Heard();
        Heard got = new Heard();
        try (MqttSession publisher = Mqtt.connect(settings(version, "p"), sent);
                MqttSession subscriber = Mqtt.connect(settings(version, "s"), got)) {
            publisher.publish(1, message("a/gone", "x", 1, false));
            publisher.publish(2, message("a/kept", "x", 1, true));
            sent.await("ack 2");
            subscriber.subscribe(List.of("a/#"));
            got.await("a/kept");
            assertThat(got.lines()).containsExactly("a/kept x");
            assertThat(got.messages().get(0).retain()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void theWillSpeaksWhenTheConnectionBreaksAndIsSilentAfterAFarewell(String version) throws Exception {
        start();
        Heard got = new Heard();
        Optional<Publication> will = Optional.of(message("state", "offline", 1, true));
        try (MqttSession subscriber = Mqtt.connect(settings(version, "s"), got);
                TestProxy cable = TestProxy.relay(broker.port())) {
            subscriber.subscribe(List.of("#"));
            Mqtt.connect(settings(version, "p", cable.port(), will), new Heard())
                    .close();
            Heard sent = new Heard();
            try (MqttSession marker = Mqtt.connect(settings(version, "m"), sent)) {
                marker.publish(1, message("marker", "x", 1, false));
                got.await("marker");
            }
            assertThat(got.lines()).containsExactly("marker x");
            Heard cutOff = new Heard();
            try (MqttSession publisher = Mqtt.connect(settings(version, "p", cable.port(), will), cutOff)) {
                assertThat(publisher.window()).isPositive();
                cable.cut();
                cutOff.await("lost");
                got.await("state offline");
            }
            Publication said = got.messages().get(got.messages().size() - 1);
            assertThat(said.contentType()).isEqualTo(version.equals("5") ? "application/json" : "");
        }
        Heard late = new Heard();
        try (MqttSession subscriber = Mqtt.connect(settings(version, "l"), late)) {
            subscriber.subscribe(List.of("state"));
            late.await("state offline");
        }
    }

    /** Else some brokers see the end before they have read the DISCONNECT, and publish the will. */
    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void afterAFarewellTheBrokerHangsUpFirst(String version) throws Exception {
        // The client waits for a short time only: a broker that is held up longer sees it hang up.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(farewell(version)).isEqualTo("the client waits"));
    }

    private static String farewell(String version) throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker(version)) {
            Mqtt.connect(settings(version, "s", broker.port(), Optional.empty()), new Heard())
                    .close();
            return broker.farewell().get(10, TimeUnit.SECONDS);
        }
    }

    /** mosquitto takes every subscription and sends nothing: other brokers say so. */
    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void aFilterThatIsDeniedIsNamed(String version) throws Exception {
        try (ScriptedBroker denying = new ScriptedBroker(version, 1, 0x80);
                MqttSession session =
                        Mqtt.connect(settings(version, "s", denying.port(), Optional.empty()), new Heard())) {
            assertThatThrownBy(() -> session.subscribe(List.of("allowed/a", "secret/#")))
                    .hasMessage("secret/#: the broker does not allow it");
        }
    }

    @Test
    void aPubackThatRefusesIsForThatMessageOnly() throws Exception {
        Path acl = Files.writeString(folder.resolve("acl"), "topic read allowed/#\ntopic write allowed/#\n");
        start("acl_file " + acl, "user " + System.getProperty("user.name"));
        Heard heard = new Heard();
        try (MqttSession session = Mqtt.connect(settings("5", "s"), heard)) {
            session.publish(1, new Publication("secret", new byte[1]));
            session.publish(2, new Publication("allowed/a", new byte[1]));
            heard.await("ack 2");
            assertThat(heard.lines()).containsExactly("refused 1 reason code 0x87 of the PUBACK", "ack 2");
        }
    }

    /** Our count is Paho's, byte for byte, with and without properties, at the borders of the length's own length. */
    @Test
    void aPacketIsMeasuredToTheByte() throws Exception {
        for (int payload : new int[] {
            0, 1, 50, 99, 100, 110, 111, 112, 113, 120, 126, 127, 128, 16_360, 16_370, 16_383, 2_097_140, 2_097_152
        }) {
            for (int qos = 0; qos <= 2; qos++) {
                for (String text : new String[] {"", "a", "größe", "x".repeat(127), "y".repeat(200)}) {
                    Publication ours = new Publication(
                            "a/" + text,
                            new byte[payload],
                            qos,
                            false,
                            text,
                            text,
                            text.getBytes(StandardCharsets.UTF_8));
                    MqttProperties properties = new MqttProperties();
                    if (!text.isEmpty()) {
                        properties.setContentType(text);
                        properties.setResponseTopic(text);
                        properties.setCorrelationData(text.getBytes(StandardCharsets.UTF_8));
                    }
                    for (boolean alias : new boolean[] {false, true}) {
                        properties.setTopicAlias(alias ? 7 : null);
                        MqttPublish theirs = new MqttPublish(
                                "a/" + text, new MqttMessage(new byte[payload], qos, false, properties), properties);
                        theirs.setMessageId(9);
                        assertThat(ours.packetBytes(alias))
                                .isEqualTo(theirs.getHeader().length + theirs.getPayload().length);
                    }
                }
            }
        }
    }

    @Test
    void thePacketSizeOfTheBrokerIsUsedToTheLastByte() throws Exception {
        start("max_packet_size 2000");
        Heard heard = new Heard();
        try (MqttSession session = Mqtt.connect(settings("5", "p"), heard)) {
            assertThat(session.messageLimit()).isEqualTo(2000 - MqttSession.OVERHEAD);
            int most = 0;
            while (new Publication("a", new byte[most + 1]).packetBytes(true) <= 2000) {
                most++;
            }
            session.publish(1, new Publication("a", new byte[most]));
            heard.await("ack 1");
            session.publish(2, new Publication("a", new byte[most + 1]));
            session.publish(
                    3,
                    new Publication(
                            "b",
                            new byte[(int) session.messageLimit() - 1],
                            1,
                            false,
                            "t".repeat(40),
                            "",
                            new byte[0]));
            heard.await("ack 3");
            assertThat(heard.lines())
                    .containsExactly(
                            "ack 1", "refused 2 2001 bytes, but the broker takes packets of 2000 at most", "ack 3");
        }
    }

    @Test
    void aBrokerThatTakesLessGetsLessAndTheUserIsToldOnce() throws Exception {
        start("max_qos 1", "retain_available false");
        Heard heard = new Heard();
        try (MqttSession session = Mqtt.connect(settings("5", "p"), heard)) {
            session.publish(1, message("a", "x", 2, false));
            session.publish(2, message("a", "x", 2, true));
            session.publish(3, message("a", "x", 1, false));
            heard.await("ack 3");
            assertThat(heard.lines())
                    .containsOnly("note the broker takes QoS 1 at most", "ack 1", "ack 2", "ack 3")
                    .hasSize(4);
        }
        broker.close();
        start("retain_available false");
        Heard again = new Heard();
        try (MqttSession session = Mqtt.connect(settings("5", "p"), again)) {
            session.publish(1, message("a", "x", 1, true));
            again.await("ack 1");
            assertThat(again.lines()).containsOnly("note the broker keeps no messages: retain is left out", "ack 1");
        }
    }
}
