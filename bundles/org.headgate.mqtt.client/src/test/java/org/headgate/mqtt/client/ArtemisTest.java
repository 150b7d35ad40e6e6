package org.headgate.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.awaitility.Awaitility;
import org.headgate.mqtt.client.kit.Heard;
import org.headgate.mqtt.client.kit.TestProxy;
import org.headgate.tls.CertificateClock;
import org.headgate.tls.TlsSettings;
import org.headgate.tls.kit.Certificates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apache ActiveMQ Artemis: another reading of MQTT 5 than mosquitto's, by Netty's TLS and web sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArtemisTest {
    private static final int PACKET = 5000;

    @TempDir
    private static Path folder;

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private Certificates made;
    private int plain;
    private int tls;

    @BeforeAll
    void start() throws Exception {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        if (!Certificates.isInstalled()) {
            return;
        }
        made = new Certificates(folder)
                .authority("ca")
                .signed("ca", "good", "IP:127.0.0.1")
                .signed("ca", "client", "")
                .pkcs12("good", "secret");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream ca = Files.newInputStream(made.file("ca.pem"));
                OutputStream out = Files.newOutputStream(made.file("trust.p12"))) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(ca));
            trusted.store(out, "secret".toCharArray());
        }
        plain = freePort();
        do {
            tls = freePort();
        } while (tls == plain);
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJournalDirectory(folder.resolve("journal").toString())
                .addAcceptorConfiguration(
                        "plain", "tcp://127.0.0.1:" + plain + "?protocols=MQTT;maximumPacketSize=" + PACKET)
                .addAcceptorConfiguration(
                        "tls",
                        "tcp://127.0.0.1:" + tls
                                + "?protocols=MQTT;sslEnabled=true;needClientAuth=true;keyStoreType=PKCS12;keyStorePassword=secret;keyStorePath="
                                + folder.resolve("good.p12")
                                + ";trustStoreType=PKCS12;trustStorePassword=secret;trustStorePath="
                                + folder.resolve("trust.p12"));
        broker.setConfiguration(configuration).start();
    }

    @AfterAll
    void stop() throws Exception {
        broker.stop();
    }

    @BeforeEach
    void needsOpenssl() {
        assumeTrue(Certificates.isInstalled(), "openssl is not installed");
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private MqttSettings settings(String version, String scheme, String id, int port, Optional<Publication> will) {
        return new MqttSettings(
                scheme + "://127.0.0.1:" + port,
                version,
                id,
                "",
                new char[0],
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                50,
                will,
                TlsSettings.of(
                        Map.of("tls.ca", "ca.pem", "tls.certificate", "client.pem", "tls.key", "client.key"),
                        made::read),
                Optional.empty(),
                CertificateClock.MACHINE);
    }

    private MqttSettings settings(String version, String scheme, String id) {
        return settings(
                version, scheme, id, scheme.endsWith("s") && !scheme.equals("ws") ? tls : plain, Optional.empty());
    }

    private static List<List<String>> ways() {
        return Stream.of("3.1.1", "5")
                .flatMap(version -> Stream.of("mqtt", "mqtts", "ws", "wss").map(scheme -> List.of(version, scheme)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyQosGoesThereAndBackOnEveryWay(List<String> way) throws Exception {
        Heard sent = new Heard();
        Heard got = new Heard();
        String topic = way.get(0).replace(".", "-") + "/" + way.get(1);
        try (MqttSession publisher = Mqtt.connect(settings(way.get(0), way.get(1), "p" + topic), sent);
                MqttSession subscriber = Mqtt.connect(settings(way.get(0), way.get(1), "s" + topic), got)) {
            subscriber.subscribe(List.of(topic, "other/#"));
            for (int qos = 0; qos <= 2; qos++) {
                publisher.publish(
                        qos,
                        new Publication(
                                topic,
                                ("q" + qos).getBytes(StandardCharsets.UTF_8),
                                qos,
                                false,
                                "text/plain",
                                "back",
                                new byte[] {9}));
                sent.await("ack " + qos);
                got.await(topic + " q" + qos);
            }
            assertThat(sent.lines()).containsExactly("ack 0", "ack 1", "ack 2");
            Publication last = got.messages().get(2);
            boolean five = way.get(0).equals("5");
            assertThat(last.contentType() + last.responseTopic()).isEqualTo(five ? "text/plainback" : "");
            assertThat(last.correlation()).hasSize(five ? 1 : 0);
        }
    }

    @Test
    void itsLimitsAreObeyed() throws Exception {
        Heard heard = new Heard();
        try (MqttSession session = Mqtt.connect(settings("5", "mqtt", "limits"), heard)) {
            assertThat(session.messageLimit()).isEqualTo(PACKET - MqttSession.OVERHEAD);
            session.publish(
                    1,
                    new Publication(
                            "a",
                            new byte[(int) session.messageLimit() - 1],
                            1,
                            false,
                            "t".repeat(40),
                            "",
                            new byte[0]));
            heard.await("ack 1");
            session.publish(2, new Publication("a", new byte[PACKET]));
            heard.await("refused 2");
            for (int i = 10; i < 19; i++) {
                session.publish(i, new Publication("a", new byte[10]));
            }
            heard.await("ack 18");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void theWillSpeaksWhenTheConnectionBreaksOnly(String version) throws Exception {
        Heard got = new Heard();
        String topic = "state" + version.length();
        Optional<Publication> will = Optional.of(new Publication(topic, "offline".getBytes(StandardCharsets.UTF_8)));
        try (MqttSession subscriber = Mqtt.connect(settings(version, "mqtt", "ws" + version), got);
                TestProxy cable = TestProxy.relay(plain)) {
            subscriber.subscribe(List.of(topic, "marker"));
            Mqtt.connect(settings(version, "mqtt", "wp" + version, cable.port(), will), new Heard())
                    .close();
            Heard sent = new Heard();
            try (MqttSession marker = Mqtt.connect(settings(version, "mqtt", "wm" + version), sent)) {
                marker.publish(1, new Publication("marker", new byte[] {'x'}));
                got.await("marker x");
            }
            Heard cutOff = new Heard();
            try (MqttSession publisher =
                    Mqtt.connect(settings(version, "mqtt", "wp" + version, cable.port(), will), cutOff)) {
                assertThat(publisher.window()).isPositive();
                cable.cut();
                cutOff.await("lost");
                got.await(topic + " offline");
            }
            assertThat(got.lines()).containsExactly("marker x", topic + " offline");
        }
    }

    @Test
    void whoComesWithoutACertificateIsToldSo() {
        MqttSettings settings = new MqttSettings(
                "mqtts://127.0.0.1:" + tls,
                "5",
                "none",
                "",
                new char[0],
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                50,
                Optional.empty(),
                TlsSettings.of(Map.of("tls.ca", "ca.pem"), made::read),
                Optional.empty(),
                CertificateClock.MACHINE);
        assertThatThrownBy(() -> Mqtt.connect(settings, new Heard()))
                .hasMessageContaining("the server wants a client certificate (")
                .hasMessageEndingWith("): set tls.certificate and tls.key");
    }

    @Test
    void theYoungerOfTwoClientsWithAnIdStaysAndTheOlderIsToldOnce() throws Exception {
        Heard older = new Heard();
        Heard younger = new Heard();
        try (MqttSession first = Mqtt.connect(settings("5", "mqtt", "twin"), older);
                MqttSession second = Mqtt.connect(settings("5", "mqtt", "twin"), younger)) {
            older.await("lost");
            second.publish(1, new Publication("a", new byte[1]));
            younger.await("ack 1");
            first.publish(2, new Publication("a", new byte[1]));
            assertThat(older.lines()).hasSize(1);
        }
    }
}
