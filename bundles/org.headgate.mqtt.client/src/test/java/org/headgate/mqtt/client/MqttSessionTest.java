package org.headgate.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.headgate.mqtt.client.kit.Mosquitto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MqttSessionTest {
    @BeforeAll
    static void leavePahosThreadsAlone() {
        // One of them may die with a NullPointerException when its connection is lost; what we see is judged, not that.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    @TempDir
    private Path folder;

    private Mosquitto broker;

    private Mosquitto broker(String... lines) throws IOException, InterruptedException {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        broker = new Mosquitto(folder, lines).start();
        return broker;
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (broker != null) {
            broker.close();
        }
    }

    /** Paho's threads wait for each other in steps of 100 ms: 0.3 s a connection, whatever the broker does. */
    private static final int RECONNECTS = Boolean.getBoolean("headgate.long") ? 50 : 3;

    private static MqttSettings settings(String address, String version, String id) {
        return settings(address, version, id, Duration.ofSeconds(20));
    }

    private static MqttSettings settings(String address, String version, String id, Duration timeout) {
        return new MqttSettings(address, version, id, "", new char[0], timeout, Duration.ofSeconds(30), 50);
    }

    private static final class Heard implements MqttEvents {
        final Queue<String> all = new ConcurrentLinkedQueue<>();

        @Override
        public void acknowledged(long token) {
            all.add("ack " + token);
        }

        @Override
        public void refused(long token, String why) {
            all.add("refused " + token);
        }

        @Override
        public void received(Publication message) {
            all.add(message.topic() + " " + new String(message.payload(), StandardCharsets.UTF_8));
        }

        @Override
        public void lost(String why) {
            all.add("lost " + why);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void publishesSubscribesAndTellsOnceThatTheBrokerIsGone(String version) throws Exception {
        String address = broker().address();
        Heard sent = new Heard();
        Heard received = new Heard();
        try (MqttSession publisher = Mqtt.connect(settings(address, version, "p"), sent);
                MqttSession subscriber = Mqtt.connect(settings(address, version, "s"), received)) {
            subscriber.subscribe(List.of("a/#"));
            publisher.publish(7, new Publication("a/b", "hello".getBytes(StandardCharsets.UTF_8)));
            await().atMost(Duration.ofSeconds(20)).until(() -> sent.all.contains("ack 7"));
            await().atMost(Duration.ofSeconds(20)).until(() -> received.all.contains("a/b hello"));
            broker.kill();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> sent.all.stream().anyMatch(line -> line.startsWith("lost")));
            publisher.publish(8, new Publication("a/b", new byte[1]));
            assertThat(sent.all.stream().filter(line -> line.startsWith("lost")))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void subscriptionsThatNobodyWaitsForAreAnsweredByTheirTokens(String version) throws Exception {
        Path rules = Files.writeString(folder.resolve("acl"), "topic read a/#\ntopic write #\n");
        String address = broker("user root", "acl_file " + rules).address();
        Heard heard = new Heard();
        try (MqttSession session = Mqtt.connect(settings(address, version, "s"), heard)) {
            session.subscribe(1, List.of("a/b", "a/c/#"), 1);
            await().atMost(Duration.ofSeconds(20)).until(() -> heard.all.contains("ack 1"));
            session.publish(2, new Publication("a/b", "x".getBytes(StandardCharsets.UTF_8)));
            await().atMost(Duration.ofSeconds(20)).until(() -> heard.all.contains("a/b x"));
            session.unsubscribe(3, List.of("a/b", "a/never"));
            await().atMost(Duration.ofSeconds(20)).until(() -> heard.all.contains("ack 3"));
            session.publish(4, new Publication("a/b", "y".getBytes(StandardCharsets.UTF_8)));
            session.publish(5, new Publication("a/c", "z".getBytes(StandardCharsets.UTF_8)));
            await().atMost(Duration.ofSeconds(20)).until(() -> heard.all.contains("a/c z"));
            session.subscribe(6, List.of("a/#/b"), 1);
            await().atMost(Duration.ofSeconds(20)).until(() -> heard.all.contains("refused 6"));
        }
        assertThat(heard.all).doesNotContain("a/b y").noneMatch(line -> line.startsWith("lost"));
    }

    /** Paho's reader of 3.1.1 takes U+FFFD for a sign of bad text and dies; the client would go on as if nobody ever said anything any more. */
    @Test
    void aTopicThatThePahoReaderDiesOfEndsTheSessionAndLeavesNoThread() throws Exception {
        String address = broker().address();
        Heard heard = new Heard();
        try (MqttSession session = Mqtt.connect(settings(address, "3.1.1", "s"), heard)) {
            session.subscribe(List.of("a/#"));
            // The shell makes the character: Java would say it in the locale's charset.
            String publish = "mosquitto_pub -p " + broker.port() + " -t \"$(printf 'a/\\357\\277\\275')\" -m x";
            Process other = new ProcessBuilder("sh", "-c", publish).start();
            assertThat(other.waitFor()).isZero();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(heard.all).anyMatch(line -> line.startsWith("lost what the broker sent")));
        }
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(paho()).isEmpty());
    }

    @Test
    void obeysTheReceiveMaximumAndThePacketSizeOfAnMqtt5Broker() throws Exception {
        String address =
                broker("max_inflight_messages 7", "max_packet_size 2000").address();
        Heard heard = new Heard();
        try (MqttSession session = Mqtt.connect(settings(address, "5", "p"), heard)) {
            // One less than the broker takes: whoever says farewell needs room.
            assertThat(session.window()).isEqualTo(6);
            session.publish(1, new Publication("a", new byte[3000]));
            assertThat(heard.all).containsExactly("refused 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void reconnectsRefusalsAndHungServersLeaveNoThreadBehind(String version) throws Exception {
        String address = broker().address();
        Heard heard = new Heard();
        Mqtt.connect(settings(address, version, "warm"), heard).close();
        await().atMost(Duration.ofSeconds(10)).until(() -> paho().isEmpty());
        for (int i = 0; i < RECONNECTS; i++) {
            MqttSession session = Mqtt.connect(settings(address, version, "r" + i), heard);
            session.publish(i, new Publication("a", new byte[10]));
            session.close();
        }
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String silent = "mqtt://127.0.0.1:" + mute.getLocalPort();
            assertThatThrownBy(() -> Mqtt.connect(settings(silent, version, "h", Duration.ofMillis(400)), heard))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(silent);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(paho()).isEmpty());
        }
        broker.kill();
        assertThatThrownBy(() -> Mqtt.connect(settings(address, version, "x"), heard))
                .hasMessage(address + ": connection refused");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(paho()).isEmpty());
    }

    /** Paho's threads: sender, receiver, callback, ping timer, connect. */
    private static List<String> paho() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("MQTT"))
                .toList();
    }
}
