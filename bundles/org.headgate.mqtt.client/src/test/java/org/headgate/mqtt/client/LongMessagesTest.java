package org.headgate.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.headgate.mqtt.client.kit.Heard;
import org.headgate.mqtt.client.kit.Mosquitto;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real broker hands out messages that are longer than we take. */
class LongMessagesTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void leavePahosThreadsAlone() {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    /** More of them than the broker leaves unacknowledged: each is acknowledged, though nobody has read it. */
    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void theyAreSkippedAndTheNextOneComes(String version) throws Exception {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        String large = "x".repeat(MqttEvents.LONGEST + 1);
        Heard sent = new Heard();
        Heard got = new Heard();
        try (Mosquitto broker = new Mosquitto(folder, "max_inflight_messages 3", "max_queued_messages 100").start();
                MqttSession publisher = Mqtt.connect(settings(version, "p", broker.port()), sent);
                MqttSession subscriber = Mqtt.connect(settings(version, "s", broker.port()), got)) {
            subscriber.subscribe(List.of("a/#"));
            for (int i = 0; i < 8; i++) {
                publish(publisher, i, large, sent);
            }
            publish(publisher, 8, large.substring(1), sent);
            publish(publisher, 9, "end", sent);
            got.await("a/9 end");
            assertThat(got.lines()).hasSize(10);
            assertThat(got.lines().subList(0, 8))
                    .containsExactlyElementsOf(IntStream.range(0, 8)
                            .mapToObj(i -> "skipped a/" + i + " " + large.length())
                            .toList());
            assertThat(got.messages().get(0).payload()).hasSize(MqttEvents.LONGEST);
        }
    }

    private static void publish(MqttSession session, int number, String text, Heard sent) {
        session.publish(number, new Publication("a/" + number, text.getBytes(StandardCharsets.UTF_8)));
        sent.await("ack " + number);
    }

    private static MqttSettings settings(String version, String id, int port) {
        return new MqttSettings(
                "mqtt://127.0.0.1:" + port,
                version,
                id,
                "",
                new char[0],
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                50);
    }
}
