package org.headgate.uplink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.headgate.mqtt.client.Publication;
import org.headgate.mqtt.client.kit.Mosquitto;
import org.headgate.mqtt.client.kit.TestProxy;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Link;
import org.headgate.uplink.api.LinkListener;
import org.headgate.uplink.api.LinkSettings;
import org.headgate.uplink.api.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link to a real broker. */
class MqttLinkTest {
    @TempDir
    private Path folder;

    private final MqttTransport transport = new MqttTransport();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** A secret that changes is read again by the uplink, which gives it to the next connection; the transport keeps none. */
    @Test
    void theWillAndThePasswordAreThoseOfTheConnection() throws Exception {
        // As root mosquitto would change to a user that cannot read here.
        String[] lines = {
            "allow_anonymous false",
            "password_file " + Passwords.file(folder),
            "user " + System.getProperty("user.name")
        };
        try (Mosquitto broker = new Mosquitto(folder, lines).start();
                TestProxy cable = TestProxy.relay(broker.port())) {
            LinkSettings other = settings("other", broker.port());
            assertThatThrownBy(() -> transport.open(other.withPassword("old".toCharArray()), new Ears()))
                    .hasMessageStartingWith(broker.address() + ": ");
            LinkSettings cabled = settings("cloud", cable.port())
                    .withWill(Optional.of(
                            Message.of("state", new byte[] {7}, "text/plain").as(1, true)));
            try (Link subscriber = transport.open(other, new Ears());
                    Link link = transport.open(cabled, new Ears())) {
                subscriber.subscribe(List.of());
                subscriber.subscribe(List.of("state", "more/#"));
                assertThat(subscriber.messageLimit()).isGreaterThan(1 << 20);
                // Of mosquitto's 20 one is left for a farewell.
                assertThat(link.window()).isEqualTo(19);
                cable.cut();
                await().until(() -> heard.contains("state"));
            }
        }
    }

    /** The uplink finds out whose fault it is, and needs the link for that. */
    @Test
    void anErrorOfTheBrokersOwnNamesItsMessageAndLeavesTheLinkAlone() {
        assertThat(new MqttLink.Events("cloud", new Ears()).failed(7, "0x83")).isTrue();
        assertThat(heard).containsExactly("failed 7 0x83");
    }

    /** Each is counted, one is logged: whoever may write there could fill the log. */
    @Test
    void eachMessageThatIsTooLongIsTold() {
        MqttLink.Events events = new MqttLink.Events("cloud", new Ears());
        events.skipped(new Publication("command", new byte[0]), 2 << 20);
        events.skipped(new Publication("command", new byte[0]), 3 << 20);
        assertThat(heard).containsExactly("skipped command 2097152", "skipped command 3145728");
    }

    /** Whoever carries out what a message says must know that it may be old, and comes at each connection. */
    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void whatTheBrokerHasKeptIsToldFromWhatComesNow(String version) throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            LinkSettings settings = settings("cloud", broker.port(), version);
            try (Link link = transport.open(settings, new Ears())) {
                link.subscribe(List.of("kept"));
                link.send(1, Message.of("kept", new byte[] {1}, "").as(1, true));
                await().until(() -> heard.contains("kept"));
                assertThat(heard).doesNotContain("kept, retained");
                heard.clear();
            }
            try (Link link = transport.open(settings, new Ears())) {
                link.subscribe(List.of("kept"));
                await().until(() -> heard.contains("kept, retained"));
            }
        }
    }

    private static LinkSettings settings(String uplink, int port) {
        return settings(uplink, port, "5");
    }

    private static LinkSettings settings(String uplink, int port, String version) {
        return new LinkSettings(
                uplink,
                "gw-1",
                "mqtt://127.0.0.1:" + port,
                Duration.ofSeconds(5),
                20,
                "gw",
                "right".toCharArray(),
                Map.of("version", version),
                Optional.empty(),
                any -> Optional.empty());
    }

    private final class Ears implements LinkListener {
        @Override
        public void acknowledged(long token) {}

        @Override
        public void refused(long token, String why) {}

        @Override
        public void failed(long token, String why) {
            heard.add("failed " + token + " " + why);
        }

        @Override
        public void received(Incoming message) {
            heard.add(message.topic() + (message.retained() ? ", retained" : ""));
        }

        @Override
        public void skipped(String topic, long bytes) {
            heard.add("skipped " + topic + " " + bytes);
        }

        @Override
        public void lost(String why) {}
    }
}
