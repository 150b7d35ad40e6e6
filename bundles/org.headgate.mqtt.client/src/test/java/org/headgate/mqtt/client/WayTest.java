package org.headgate.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.headgate.mqtt.client.kit.Heard;
import org.headgate.mqtt.client.kit.Mosquitto;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to a real broker, in all combinations of TLS, web socket and proxy; and each way to fail on it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WayTest {
    private static final String LOCAL = "DNS:localhost,IP:127.0.0.1";
    private static final long DAY = 86_400;

    @TempDir
    private static Path folder;

    private Certificates made;
    private Mosquitto broker;
    private final Map<String, Integer> ports = new HashMap<>();

    @BeforeAll
    void start() throws IOException, InterruptedException {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        if (!Mosquitto.isInstalled() || !Certificates.isInstalled()) {
            return;
        }
        Instant now = Instant.now();
        made = new Certificates(folder)
                .authority("ca")
                .authority("other-ca")
                .signed("ca", "good", LOCAL)
                .signed("ca", "elsewhere", "DNS:broker.example")
                .signed("ca", "expired", LOCAL, now.minusSeconds(20 * DAY), now.minusSeconds(DAY))
                .signed("ca", "early", LOCAL, now.plusSeconds(3 * DAY), now.plusSeconds(20 * DAY))
                .signed("other-ca", "foreign", LOCAL)
                .selfSigned("alone", "subjectAltName=" + LOCAL)
                .signed("ca", "client", "")
                .signed("other-ca", "client-foreign", "");
        broker = new Mosquitto(folder, "user " + System.getProperty("user.name"));
        ports.put("mqtt", broker.port());
        ports.put("ws", broker.listener("protocol websockets"));
        ports.put("mqtts", broker.tlsListener(folder, "good"));
        ports.put("wss", broker.tlsListener(folder, "good", "protocol websockets"));
        for (String bad : List.of("elsewhere", "expired", "early", "foreign", "alone")) {
            ports.put(bad, broker.tlsListener(folder, bad));
        }
        ports.put(
                "mutual",
                broker.tlsListener(folder, "good", "require_certificate true", "cafile " + folder.resolve("ca.pem")));
        ports.put(
                "mutual-1.2",
                broker.tlsListener(
                        folder,
                        "good",
                        "require_certificate true",
                        "tls_version tlsv1.2",
                        "cafile " + folder.resolve("ca.pem")));
        broker.start();
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void needsTheTools() {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        assumeTrue(Certificates.isInstalled(), "openssl is not installed");
    }

    private MqttSettings settings(String version, String address, String... keysAndValues) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        options.putIfAbsent("tls.ca", "ca.pem");
        return new MqttSettings(
                address,
                version,
                "w" + System.nanoTime(),
                "",
                new char[0],
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                50,
                Optional.empty(),
                TlsSettings.of(options, made::read),
                ProxySettings.of(options, made::read),
                CertificateClock.MACHINE);
    }

    private String address(String scheme, String listener) {
        return scheme + "://localhost:" + ports.get(listener);
    }

    private static void goesThere(MqttSettings settings) throws IOException {
        Heard heard = new Heard();
        String topic = settings.clientId();
        try (MqttSession session = Mqtt.connect(settings, heard)) {
            session.subscribe(List.of(topic));
            for (int i = 0; i < 20; i++) {
                session.publish(i, new Publication(topic, ("x" + i + "-".repeat(i * 1000)).getBytes()));
            }
            heard.await("ack 19");
            heard.await(topic + " x19");
            assertThat(heard.messages())
                    .hasSize(20)
                    .last()
                    .satisfies(last -> assertThat(last.payload()).hasSize(19_003));
        }
    }

    private static List<List<String>> combinations() {
        return java.util.stream.Stream.of("3.1.1", "5")
                .flatMap(version -> java.util.stream.Stream.of("mqtt", "mqtts", "ws", "wss")
                        .flatMap(scheme -> java.util.stream.Stream.of("", "http", "socks5")
                                .map(proxy -> List.of(version, scheme, proxy))))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyCombinationCarriesMessages(List<String> way) throws Exception {
        String address = address(way.get(1), way.get(1));
        if (way.get(2).isEmpty()) {
            goesThere(settings(way.get(0), address));
            return;
        }
        Files.writeString(folder.resolve("proxy-password"), "pass word\n");
        try (TestProxy proxy = TestProxy.start("gw", "pass word")) {
            goesThere(settings(
                    way.get(0),
                    address,
                    "proxy",
                    way.get(2) + "://127.0.0.1:" + proxy.port(),
                    "proxy.user",
                    "gw",
                    "proxy.password",
                    "@proxy-password"));
            assertThat(proxy.asked()).containsExactly("localhost:" + ports.get(way.get(1)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    expired   | the server's certificate expired on 20
                    early     | the server's certificate is not valid before 20
                    elsewhere | the server's certificate is for broker.example, not for localhost:
                    foreign   | the authority other-ca that signed the server's certificate is not trusted: it is not the one in tls.ca
                    alone     | the server's certificate is self-signed (alone): name it in tls.ca
                    """)
    void aBadCertificateIsRefusedInWords(String listener, String why) {
        for (String version : List.of("3.1.1", "5")) {
            assertThatThrownBy(() -> Mqtt.connect(settings(version, address("mqtts", listener)), new Heard()))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(address("mqtts", listener) + ": " + why);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mutual", "mutual-1.2"})
    void ourCertificateIsShownOrItsLackIsTold(String listener) throws Exception {
        for (String version : List.of("3.1.1", "5")) {
            goesThere(settings(
                    version, address("mqtts", listener), "tls.certificate", "client.pem", "tls.key", "client.key"));
            assertThatThrownBy(() -> Mqtt.connect(settings(version, address("mqtts", listener)), new Heard()))
                    .hasMessageContaining(": the server wants a client certificate (")
                    .hasMessageEndingWith("): set tls.certificate and tls.key");
            assertThatThrownBy(() -> Mqtt.connect(
                            settings(
                                    version,
                                    address("mqtts", listener),
                                    "tls.certificate",
                                    "client-foreign.pem",
                                    "tls.key",
                                    "client-foreign.key"),
                            new Heard()))
                    .hasMessageContaining(": the server does not take our certificate client-foreign (");
        }
    }

    @Test
    void thePortOfTheOtherKindIsTold() {
        for (String version : List.of("3.1.1", "5")) {
            assertThatThrownBy(() -> Mqtt.connect(settings(version, address("mqtt", "mqtts")), new Heard()))
                    .hasMessageEndingWith(
                            ": the broker hung up before it answered: does this port want TLS (mqtts://)?");
            assertThatThrownBy(() -> Mqtt.connect(settings(version, address("mqtts", "mqtt")), new Heard()))
                    .hasMessageEndingWith("is this a port for TLS?");
            assertThatThrownBy(() -> Mqtt.connect(settings(version, address("ws", "mqtt")), new Heard()))
                    .hasMessageEndingWith(": hung up at the web socket's request: is this a port for web sockets?");
        }
    }

    @Test
    void aRenewedCertificateNeedsNoNewSettings() throws Exception {
        Files.copy(folder.resolve("client-foreign.pem"), folder.resolve("mine.pem"));
        Files.copy(folder.resolve("client-foreign.key"), folder.resolve("mine.key"));
        MqttSettings settings =
                settings("3.1.1", address("mqtts", "mutual"), "tls.certificate", "mine.pem", "tls.key", "mine.key");
        assertThatThrownBy(() -> Mqtt.connect(settings, new Heard())).hasMessageContaining("client-foreign");
        Files.write(folder.resolve("mine.pem"), Files.readAllBytes(folder.resolve("client.pem")));
        Files.write(folder.resolve("mine.key"), Files.readAllBytes(folder.resolve("client.key")));
        goesThere(settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5"})
    void aProxyThatDoesNotHelpSaysWhy(String kind) throws Exception {
        Files.writeString(folder.resolve("wrong"), "wrong");
        Files.writeString(folder.resolve("right"), "right");
        try (TestProxy proxy = TestProxy.start("gw", "right")) {
            String place = "127.0.0.1:" + proxy.port();
            String address = kind + "://" + place;
            assertThatThrownBy(() -> Mqtt.connect(
                            settings(
                                    "5",
                                    address("mqtt", "mqtt"),
                                    "proxy",
                                    address,
                                    "proxy.user",
                                    "gw",
                                    "proxy.password",
                                    "@wrong"),
                            new Heard()))
                    .hasMessageContaining(": the proxy " + place + " does not let us in")
                    .hasMessageEndingWith(": check proxy.user and proxy.password");
            assertThatThrownBy(
                            () -> Mqtt.connect(settings("5", address("mqtt", "mqtt"), "proxy", address), new Heard()))
                    .hasMessageEndingWith(": check proxy.user and proxy.password");
            assertThatThrownBy(() -> Mqtt.connect(
                            settings(
                                    "5",
                                    "mqtt://forbidden.example:7",
                                    "proxy",
                                    address,
                                    "proxy.user",
                                    "gw",
                                    "proxy.password",
                                    "@right"),
                            new Heard()))
                    .hasMessageContaining(": the proxy " + place + " does not connect us to forbidden.example:7 (");
            assertThatThrownBy(() -> Mqtt.connect(
                            settings(
                                    "5",
                                    address("mqtt", "mqtt"),
                                    "proxy",
                                    address,
                                    "proxy.user",
                                    "gw",
                                    "proxy.password",
                                    "@none"),
                            new Heard()))
                    .hasMessageEndingWith(": proxy.password: no secret none (secret:set none sets it)");
        }
        assertThatThrownBy(() -> Mqtt.connect(
                        settings("5", address("mqtt", "mqtt"), "proxy", kind + "://127.0.0.1:" + ports.get("mqtt")),
                        new Heard()))
                .hasMessageContaining(": the proxy 127.0.0.1:" + ports.get("mqtt") + " hung up");
    }
}
