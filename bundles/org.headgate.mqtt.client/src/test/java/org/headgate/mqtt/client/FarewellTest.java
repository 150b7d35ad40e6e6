package org.headgate.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.headgate.mqtt.client.kit.Heard;
import org.headgate.mqtt.client.kit.Mosquitto;
import org.headgate.tls.CertificateClock;
import org.headgate.tls.TlsSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever looks at the retained state of a client that has left reads that it has, also when the broker owes it answers. */
class FarewellTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @BeforeAll
    static void leavePahosThreadsAlone() {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    private static Publication state(String word) {
        return new Publication("state", word.getBytes(StandardCharsets.UTF_8), 1, true, "", "", new byte[0]);
    }

    private static MqttSettings settings(Mosquitto broker, String version, String id) {
        return new MqttSettings(
                broker.address(),
                version,
                id,
                "",
                new char[0],
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                50,
                id.equals("gateway") ? Optional.of(state("offline by the will")) : Optional.empty(),
                TlsSettings.SYSTEM,
                Optional.empty(),
                CertificateClock.MACHINE);
    }

    private Mosquitto broker(int most) throws Exception {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        return new Mosquitto(folder, "max_inflight_messages " + most).start();
    }

    /** What the broker keeps. */
    private static void assertState(Mosquitto broker, String word) throws Exception {
        Heard heard = new Heard();
        try (MqttSession reader = Mqtt.connect(settings(broker, "5", "reader"), heard)) {
            reader.subscribe(List.of("state"));
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(heard.lines()).last().asString().startsWith("state " + word));
        }
    }

    @ParameterizedTest
    @CsvSource({"5,1,no", "5,3,yes", "3.1.1,1,yes"})
    void aGatewayThatLeavesWithAFullWindowIsOffline(String version, int most, String room) throws Exception {
        try (Mosquitto broker = broker(most)) {
            Heard heard = new Heard();
            MqttSession session = Mqtt.connect(settings(broker, version, "gateway"), heard);
            session.publish(0, state("online"));
            await().atMost(LIMIT).until(() -> heard.lines().contains("ack 0"));
            broker.freeze();
            for (int i = 1; i <= session.window(); i++) {
                session.publish(i, new Publication("rows", new byte[10]));
            }
            session.publish(-1, state("offline"));
            assertThat(heard.lines().stream().noneMatch(line -> line.startsWith("lost")))
                    .as("room for the farewell: %s", heard.lines())
                    .isEqualTo(room.equals("yes"));
            session.close();
            broker.thaw();
            // By the will, too, where the broker fails to write before it has read everything.
            assertState(broker, "offline");
        }
    }

    @Test
    void aGatewayThatLeavesInGoodOrderHasNoWill() throws Exception {
        try (Mosquitto broker = broker(10)) {
            Heard heard = new Heard();
            MqttSession session = Mqtt.connect(settings(broker, "5", "gateway"), heard);
            session.publish(0, state("offline at last"));
            await().atMost(LIMIT).until(() -> heard.lines().contains("ack 0"));
            session.close();
            assertState(broker, "offline at last");
        }
    }
}
