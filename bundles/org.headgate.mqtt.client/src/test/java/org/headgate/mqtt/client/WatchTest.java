package org.headgate.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.headgate.mqtt.client.kit.Mosquitto;
import org.headgate.mqtt.client.kit.TestProxy;
import org.headgate.tls.kit.Certificates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    @BeforeAll
    static void leavePahosThreadsAlone() {
        // One of them may die with a NullPointerException when its connection is lost; what we see is judged, not that.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    @TempDir
    private Path home;

    @BeforeEach
    void etc() throws IOException {
        Files.createDirectories(home.resolve("etc"));
    }

    private void uplink(String... lines) throws IOException {
        Files.writeString(home.resolve("etc/headgate.uplink-cloud.cfg"), String.join("\n", lines));
    }

    @Test
    void readsTheFileAsTheGatewayDoes() throws IOException {
        uplink(
                "  # transport = other",
                "address = mqtt://127.0.0.1:1883   # the broker",
                "streams = a, \\  # one",
                "    b#c",
                "topic = x/{stream}",
                "#user = nobody");
        assertThat(WatchedFile.first(home.resolve("etc")))
                .isEqualTo(Map.of("address", "mqtt://127.0.0.1:1883", "streams", "a, b#c", "topic", "x/{stream}"));
    }

    @Test
    void printsALineAMessageAndWaitsForABrokerThatGoesAway() throws Exception {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (Mosquitto broker = new Mosquitto(home).start()) {
            uplink("address = " + broker.address());
            Thread watch = new Thread(() -> {
                try {
                    Watch.run(home, "", 40, new PrintStream(printed, true, StandardCharsets.UTF_8));
                } catch (IOException failed) {
                    printed.writeBytes(failed.toString().getBytes(StandardCharsets.UTF_8));
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
            watch.start();
            try {
                awaitPrinted(printed, "watching headgate/+/# at " + broker.address() + "; Ctrl-C ends\n");
                publish(broker, "one\ttwo " + "x".repeat(100));
                awaitPrinted(printed, "headgate/gw/s one two xxxxxxxxxxxxxxxxx…\n");
                broker.kill();
                awaitPrinted(printed, "is gone; waiting for it\n");
                broker.start();
                awaitPrinted(printed, broker.address() + " again\n");
                publish(broker, "three");
                awaitPrinted(printed, "headgate/gw/s three\n");
            } finally {
                watch.interrupt();
                watch.join(20_000);
            }
            assertThat(watch.isAlive()).isFalse();
        }
    }

    /** The same keys as the gateway's: an authority in HOME/files, a certificate of ours with its key in HOME/secrets, a proxy. */
    @Test
    void goesTheUplinksWayWithTlsAndAProxy() throws Exception {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        assumeTrue(Certificates.isInstalled(), "openssl is not installed");
        Path files = Files.createDirectories(home.resolve("files"));
        Path secrets = Files.createDirectories(home.resolve("secrets"));
        new Certificates(files)
                .authority("ca")
                .signed("ca", "good", "DNS:localhost")
                .signed("ca", "gw", "");
        Files.move(files.resolve("gw.key"), secrets.resolve("gw-key"));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (Mosquitto broker = new Mosquitto(home, "user " + System.getProperty("user.name"));
                TestProxy proxy = TestProxy.start("", "")) {
            int port =
                    broker.tlsListener(files, "good", "require_certificate true", "cafile " + files.resolve("ca.pem"));
            broker.start();
            uplink(
                    "address = mqtts://localhost:" + port,
                    "tls.ca = ca.pem",
                    "tls.certificate = gw.pem",
                    "tls.key = @gw-key",
                    "proxy = socks5://127.0.0.1:" + proxy.port());
            Thread watch = new Thread(() -> {
                try {
                    Watch.run(home, "", 40, new PrintStream(printed, true, StandardCharsets.UTF_8));
                } catch (IOException failed) {
                    printed.writeBytes(failed.toString().getBytes(StandardCharsets.UTF_8));
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
            watch.start();
            try {
                awaitPrinted(printed, "watching headgate/+/# at mqtts://localhost:" + port);
                publish(broker, "one");
                awaitPrinted(printed, "headgate/gw/s one\n");
                assertThat(proxy.asked()).containsExactly("localhost:" + port);
            } finally {
                watch.interrupt();
                watch.join(20_000);
            }
        }
    }

    @Test
    void endsWithALineWhereThereIsNothingToWatch() {
        assertThatThrownBy(() -> Watch.run(home, "", 40, System.out))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no headgate.uplink-*.cfg with transport = mqtt in ");
    }

    private static void awaitPrinted(ByteArrayOutputStream printed, String line) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(printed.toString(StandardCharsets.UTF_8)).contains(line));
    }

    /** Returns when the broker has it: a session that is closed at once may take its message with it. */
    private static void publish(Mosquitto broker, String text) throws Exception {
        MqttSettings settings = new MqttSettings(
                broker.address(), "3.1.1", "p", "", new char[0], Duration.ofSeconds(20), Duration.ofSeconds(30), 5);
        CountDownLatch acknowledged = new CountDownLatch(1);
        try (MqttSession session = Mqtt.connect(settings, new MqttEvents() {
            @Override
            public void acknowledged(long token) {
                acknowledged.countDown();
            }

            @Override
            public void lost(String why) {}
        })) {
            session.publish(1, new Publication("headgate/gw/s", text.getBytes(StandardCharsets.UTF_8)));
            assertThat(acknowledged.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
