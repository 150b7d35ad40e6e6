package org.headgate.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.headgate.mqtt.client.kit.Heard;
import org.headgate.mqtt.client.kit.Mosquitto;
import org.headgate.mqtt.client.kit.TestProxy;
import org.headgate.tls.CertificateClock;
import org.headgate.tls.TlsSettings;
import org.headgate.tls.kit.Certificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that end in every way leave no thread, no descriptor and no memory; and no silence lasts longer than its time-out. */
class LeakTest {
    private static final int WORKERS = 5;
    private static final AtomicInteger CLIENTS = new AtomicInteger();
    private static final boolean LONG = Boolean.getBoolean("headgate.long");

    @TempDir
    private Path folder;

    private Certificates made;
    private Mosquitto broker;
    private int tls;
    private int wss;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        assumeTrue(Certificates.isInstalled(), "openssl is not installed");
        made = new Certificates(folder).authority("ca").signed("ca", "good", "IP:127.0.0.1");
        broker = new Mosquitto(folder, "user " + System.getProperty("user.name"), "log_type none");
        tls = broker.tlsListener(folder, "good");
        wss = broker.tlsListener(folder, "good", "protocol websockets");
        broker.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (broker != null) {
            broker.close();
        }
    }

    private MqttSettings settings(String address, String version, Duration timeout, Map<String, String> options) {
        return settings(address, version, timeout, Duration.ofSeconds(1), options);
    }

    private MqttSettings settings(
            String address, String version, Duration timeout, Duration keepAlive, Map<String, String> options) {
        return new MqttSettings(
                address,
                version,
                "leak-" + CLIENTS.incrementAndGet(),
                "",
                new char[0],
                timeout,
                keepAlive,
                50,
                Optional.of(new Publication("will", new byte[1])),
                TlsSettings.of(Map.of("tls.ca", "ca.pem"), made::read),
                ProxySettings.of(options, made::read),
                CertificateClock.MACHINE);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    /** Paho's threads, with what they are doing. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().startsWith("MQTT"))
                .map(each -> each.getKey().getName() + " " + List.of(each.getValue()))
                .toList();
    }

    /** What is left when everything that can go is gone. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    /**
     * Paho's threads wait for each other in steps of 100 ms, so a connection takes about 0.3 s, whatever else: some are made at a time. A hundred
     * of each version, a thousand in all with {@code headgate.long}.
     */
    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void connectionsThatAreCutLeaveNothing(String version) throws Exception {
        cycles(version, 1);
        awaitEnded();
        long heap = heap();
        long before = descriptors();
        int rounds = LONG ? 25 : 5;
        cycles(version, rounds);
        awaitEnded();
        awaitClosed(before);
        // A session that stays is more than 30 KiB: TLS and Paho's buffers.
        long most = heap + (long) WORKERS * 4 * rounds * (4 << 10) + (1 << 20);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(heap()).as("bytes used").isLessThan(most));
    }

    private static void awaitEnded() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    /** As many files as before; the JVM itself may have opened one meanwhile, such as its source of randomness. */
    private static void awaitClosed(long before) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(descriptors()).as("open files").isLessThanOrEqualTo(before + 2));
    }

    private void cycles(String version, int rounds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                all.add(threads.submit(() -> {
                    work(version, rounds);
                    return true;
                }));
            }
            for (Future<?> one : all) {
                one.get(5, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Four connections a round: closed by us, cut, cut inside a web socket, refused by a wrong name. */
    private void work(String version, int rounds) throws Exception {
        Duration timeout = Duration.ofSeconds(10);
        try (TestProxy cable = TestProxy.relay(tls);
                TestProxy webCable = TestProxy.relay(wss)) {
            MqttSettings direct = settings("mqtts://127.0.0.1:" + cable.port(), version, timeout, Map.of());
            MqttSettings web = settings("wss://127.0.0.1:" + webCable.port(), version, timeout, Map.of());
            awaitReachable(web);
            for (int i = 0; i < rounds; i++) {
                Mqtt.connect(direct, new Heard()).close();
                cutOff(direct, cable);
                cutOff(web, webCable);
                assertThatThrownBy(() -> Mqtt.connect(
                                settings("mqtts://localhost:" + cable.port(), version, timeout, Map.of()), new Heard()))
                        .hasMessageContaining("not for localhost");
            }
        }
    }

    /** libwebsockets throws out who comes in its first second. */
    private static void awaitReachable(MqttSettings settings) {
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> Mqtt.reach(settings).isPresent());
    }

    private static void cutOff(MqttSettings settings, TestProxy cable) throws IOException {
        Heard heard = new Heard();
        try (MqttSession session = Mqtt.connect(settings, heard)) {
            session.publish(1, new Publication("a", new byte[100]));
            cable.cut();
            heard.await("lost");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void whoeverNeverAnswersIsGivenUpWithAWordOfWhere(String version) throws Exception {
        // What is loaded for the first connection takes longer than any answer.
        Mqtt.connect(settings("mqtts://127.0.0.1:" + tls, version, Duration.ofSeconds(10), Map.of()), new Heard())
                .close();
        awaitEnded();
        long before = descriptors();
        Duration timeout = Duration.ofSeconds(1);
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String place = "127.0.0.1:" + mute.getLocalPort();
            silent(
                    settings("mqtt://" + place, version, timeout, Map.of()),
                    "accepts the connection and does not answer: is it a broker of MQTT " + version + "?");
            silent(
                    settings("mqtts://" + place, version, timeout, Map.of()),
                    "no answer to the TLS handshake in time: is this a port for TLS?");
            silent(
                    settings("ws://" + place, version, timeout, Map.of()),
                    "no answer to the web socket's request: is this a port for web sockets?");
            for (String kind : new String[] {"http", "socks5"}) {
                silent(
                        settings("mqtt://broker.example", version, timeout, Map.of("proxy", kind + "://" + place)),
                        "no answer from the proxy " + place + ": is it one of this kind?");
            }
        }
        awaitEnded();
        awaitClosed(before);
    }

    private static void silent(MqttSettings settings, String why) {
        long begin = System.nanoTime();
        assertThatThrownBy(() -> Mqtt.connect(settings, new Heard())).hasMessage(settings.address() + ": " + why);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    /** Nothing is closed, nothing comes: the keep-alive finds out, and closing does not wait for anybody. */
    @ParameterizedTest
    @CsvSource({"3.1.1, mqtts", "5, mqtts", "3.1.1, wss", "5, wss"})
    void aCableThatIsPulledOutIsNoticed(String version, String scheme) throws Exception {
        try (TestProxy cable = TestProxy.relay(scheme.equals("wss") ? wss : tls)) {
            Heard heard = new Heard();
            MqttSettings settings =
                    settings(scheme + "://127.0.0.1:" + cable.port(), version, Duration.ofSeconds(10), Map.of());
            awaitReachable(settings);
            try (MqttSession session = Mqtt.connect(settings, heard)) {
                cable.freeze();
                for (int i = 0; i < 40; i++) {
                    session.publish(i, new Publication("a", new byte[1 << 20]));
                }
                heard.await("lost");
                long begin = System.nanoTime();
                session.close();
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
            }
        }
        awaitEnded();
    }

    /** A name with several addresses of which the first is dead is still a name of the broker's. */
    @Test
    void everyAddressOfANameIsTried() throws Exception {
        Heard heard = new Heard();
        MqttSettings settings = settings(
                "mqtt://localhost:" + broker.port(), "5", Duration.ofSeconds(10), Duration.ofSeconds(30), Map.of());
        try (MqttSession session = Mqtt.connect(settings, heard)) {
            session.publish(1, new Publication("a", new byte[1]));
            heard.await("ack 1");
        }
    }
}
