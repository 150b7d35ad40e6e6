package org.headgate.driver.mqtt;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.mqtt.client.Mqtt;
import org.headgate.mqtt.client.MqttEvents;
import org.headgate.mqtt.client.MqttKeys;
import org.headgate.mqtt.client.MqttSession;
import org.headgate.mqtt.client.Publication;
import org.headgate.system.api.Deadline;

/** Listens at a broker for a while: to those who announce themselves (Zigbee2MQTT, Home Assistant, Sparkplug), and to all others. Says nothing itself. */
record MqttDiscovery(World world) implements Discovery {
    /** Where brokers do not let everything be heard. */
    private static final List<String> USUAL =
            List.of("zigbee2mqtt/#", "homeassistant/#", "spBv1.0/#", "application/#", "tele/#", "stat/#", "shellies/#");

    private static final List<String> OWN = List.of("user", "password");
    private static final String LOCAL = "mqtt://127.0.0.1:1883";

    @Override
    public String where() {
        return "a broker such as " + LOCAL;
    }

    @Override
    public List<String> places() {
        return List.of(LOCAL);
    }

    @Override
    public void search(DeviceSettings place, Consumer<Discovered> found) throws InvalidSettingException, IOException {
        place.requireKnown(Stream.concat(OWN.stream(), MqttKeys.KEYS.stream()).toList());
        BrokerKey key = Setup.broker(place);
        Map<String, String> shared = new HashMap<>(key.options());
        OWN.forEach(name -> {
            if (place.options().containsKey(name)) {
                shared.put(name, place.options().get(name));
            }
        });
        Heard heard = new Heard();
        CompletableFuture<Void> lost = new CompletableFuture<>();
        // What is told after the patience is over does not count.
        Deadline deadline = Deadline.within(place.timeout(), world.clock());
        try (MqttSession session = connect(key, place.timeout(), heard, lost)) {
            try {
                session.subscribe(List.of("#"));
            } catch (IOException refused) {
                session.subscribe(USUAL);
            }
            listen(deadline, lost);
        }
        new Finds(place.address(), shared, heard.messages()).tell(found);
    }

    private MqttSession connect(BrokerKey key, Duration timeout, Heard heard, CompletableFuture<Void> lost)
            throws IOException {
        return Mqtt.connect(key.settings(world, timeout.dividedBy(2), 9), new MqttEvents() {
            @Override
            public void received(Publication message) {
                heard.add(message);
            }

            @Override
            public void lost(String why) {
                lost.completeExceptionally(new IOException("the broker is gone: " + why));
            }
        });
    }

    private static void listen(Deadline deadline, CompletableFuture<Void> lost) throws IOException {
        try {
            Answers.await(deadline, new CompletableFuture<>(), lost, "");
        } catch (IOException over) {
            if (!String.valueOf(over.getMessage()).isEmpty()) {
                throw over;
            }
        }
    }
}
