package org.headgate.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.mqtt.client.Mqtt;
import org.headgate.mqtt.client.MqttEvents;
import org.headgate.mqtt.client.MqttSession;
import org.headgate.mqtt.client.MqttSettings;
import org.headgate.mqtt.client.Publication;
import org.headgate.system.jvm.SharedLoops;
import org.headgate.system.jvm.ThreadCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    @TempDir
    private Path home;

    private EmbeddedBroker broker(String key, String value) {
        return new EmbeddedBroker(
                new Instance("broker", "headgate.broker.cfg", new Settings(Map.of(key, value)), Optional.empty()),
                home,
                new ThreadCalls(new SharedLoops()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void carriesAMessageAndLeavesNoFile() throws Exception {
        int port = freePort();
        EmbeddedBroker broker = broker("port", "" + port);
        // Somebody else may have taken the port meanwhile.
        for (int i = 0; i < 5 && !broker.problem().isEmpty(); i++) {
            port = freePort();
            broker = broker("port", "" + port);
        }
        assertThat(broker.problem()).isEmpty();
        CompletableFuture<String> arrived = new CompletableFuture<>();
        CompletableFuture<Long> acknowledged = new CompletableFuture<>();
        MqttEvents events = new MqttEvents() {
            @Override
            public void received(Publication message) {
                arrived.complete(message.topic() + " " + message.payload().length);
            }

            @Override
            public void acknowledged(long token) {
                acknowledged.complete(token);
            }

            @Override
            public void lost(String why) {
                arrived.completeExceptionally(new IOException(why));
            }
        };
        MqttSettings settings = new MqttSettings(
                "mqtt://127.0.0.1:" + port,
                "3.1.1",
                "test",
                "",
                new char[0],
                Duration.ofSeconds(60),
                Duration.ofSeconds(120),
                10);
        try (MqttSession session = Mqtt.connect(settings, events)) {
            session.subscribe(List.of("a/#"));
            session.publish(3, new Publication("a/b", new byte[10_000]));
            assertThat(acknowledged.get(60, TimeUnit.SECONDS)).isEqualTo(3);
            assertThat(arrived.get(60, TimeUnit.SECONDS)).isEqualTo("a/b 10000");
        } finally {
            broker.close();
        }
        try (var files = Files.list(home)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aPortInUseIsSaidInOneLine() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedBroker broker = broker("port", "" + other.getLocalPort());
            assertThat(broker.problem())
                    .contains("127.0.0.1:" + other.getLocalPort())
                    .contains("bind");
            broker.close();
        }
    }

    @Test
    void aWrongKeyIsNamed() {
        assertThat(broker("ports", "1").problem()).isEqualTo("ports: 1 (expected: did you mean port?)");
        assertThat(broker("port", "0").problem()).startsWith("port: 0 (expected: a whole number from 1 to 65535)");
    }
}
