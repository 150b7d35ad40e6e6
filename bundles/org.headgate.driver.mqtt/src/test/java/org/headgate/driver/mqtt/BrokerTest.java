package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.headgate.mqtt.client.MqttEvents;
import org.headgate.mqtt.client.Publication;
import org.headgate.mqtt.client.kit.TestProxy;
import org.headgate.system.api.Deadline;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which device is on which connection, and who loses it. */
class BrokerTest {
    private static final Duration LONG = Duration.ofSeconds(8);
    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private Site site;
    private RealTime time;
    private World world;

    private static final class Listener implements Subscriber {
        final List<String> messages = new CopyOnWriteArrayList<>();
        final List<String> losses = new CopyOnWriteArrayList<>();

        @Override
        public void message(Publication message) {
            messages.add(new String(message.payload(), StandardCharsets.UTF_8));
        }

        @Override
        public int longest() {
            return MqttEvents.LONGEST;
        }

        @Override
        public void skipped(Publication message, long bytes) {
            throw new IllegalStateException(message.topic());
        }

        @Override
        public void lost(String why) {
            losses.add(why);
        }
    }

    @BeforeEach
    void start() throws Exception {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        site = new Site(folder);
        time = new RealTime();
        world = time.world();
    }

    @AfterEach
    void stop() throws Exception {
        time.close();
        site.close();
    }

    private Broker broker(int port, String... options) {
        Map<String, String> keys = options.length == 0 ? Map.of() : Map.of(options[0], options[1]);
        return new Broker(new BrokerKey("mqtt://127.0.0.1:" + port, "", "", keys), world);
    }

    private Broker.Lease take(Broker broker, String filter, Duration patience, Subscriber who) throws IOException {
        List<TopicFilter> filters = List.of(TopicFilter.parse(filter).orElseThrow());
        return broker.take(filters, 1, Deadline.in(patience, world.clock()), who);
    }

    private void isNotAnswered(Broker broker, String filter) {
        assertThatThrownBy(() -> take(broker, filter, SHORT, new Listener()))
                .isInstanceOf(IOException.class)
                .hasMessage("the broker does not answer in time");
    }

    @Test
    void theImpatienceOfOneDeviceIsNoLossForTheOthers() throws Exception {
        try (TestProxy relay = TestProxy.relay(site.broker.port())) {
            Broker broker = broker(relay.port());
            Listener patient = new Listener();
            take(broker, "a", LONG, patient);
            relay.freeze();
            isNotAnswered(broker, "b");
            assertThat(patient.losses).isEmpty();
            assertThat(broker.connections()).isOne();
            broker.close();
        }
    }

    /** Paho would notice it by the keep-alive, a minute later. */
    @Test
    void aConnectionThatHasNotAnsweredForLongIsGivenUp() throws Exception {
        try (TestProxy relay = TestProxy.relay(site.broker.port())) {
            Broker broker = broker(relay.port());
            Listener patient = new Listener();
            take(broker, "a", LONG, patient);
            relay.freeze();
            isNotAnswered(broker, "b");
            ((MovedClock) world.clock()).advance(SharedSession.SILENT);
            isNotAnswered(broker, "b");
            assertThat(patient.losses).containsExactly("the broker is gone: it does not answer in time");
            assertThat(broker.connections()).isZero();
        }
    }

    /** A broker ends the older of two connections with one identifier (MQTT 3.1.1, 3.1.4-2), and they would take turns for ever. */
    @Test
    void noTwoOfOurConnectionsHaveTheSameIdentifier() throws Exception {
        Broker broker = broker(site.broker.port(), "client-id", "gw");
        Broker.Lease wide = take(broker, "z/#", LONG, new Listener());
        Listener narrow = new Listener();
        take(broker, "z/b", LONG, narrow);
        wide.close();
        Site.until(() -> broker.connections() == 1);
        Listener again = new Listener();
        take(broker, "z/#", LONG, again);
        site.publish("z/b", "1");
        Site.until(() -> again.messages.contains("1"));
        Site.until(() -> narrow.messages.contains("1"));
        assertThat(narrow.losses).isEmpty();
        assertThat(broker.connections()).isEqualTo(2);
        broker.close();
    }
}
