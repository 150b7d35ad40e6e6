package org.headgate.uplink.mqtt;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.headgate.mqtt.client.Mqtt;
import org.headgate.mqtt.client.MqttEvents;
import org.headgate.mqtt.client.MqttSession;
import org.headgate.mqtt.client.MqttSettings;
import org.headgate.uplink.api.Link;
import org.headgate.uplink.api.LinkListener;
import org.headgate.uplink.api.LinkSettings;
import org.headgate.uplink.api.LinkTrial;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.Transport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** MQTT with QoS 1, nothing retained; options {@code version}, {@code client-id}, {@code keepalive}. */
@Component
public final class MqttTransport implements Transport {
    private static final List<String> VERSIONS = List.of("3.1.1", "5");
    private static final List<String> OPTIONS = List.of("version", "client-id", "keepalive");
    private static final int LONGEST_KEEPALIVE = 65_535;

    /** For the service registry. */
    @Activate
    public MqttTransport() {}

    @Override
    public String name() {
        return "mqtt";
    }

    @Override
    public void check(LinkSettings settings) {
        translate(settings);
    }

    @Override
    public Link open(LinkSettings settings, LinkListener listener) throws IOException {
        return new MqttLink(Mqtt.connect(translate(settings), new Events(listener)));
    }

    @Override
    public void test(LinkSettings settings, String topic, byte[] payload, LinkTrial trial) throws IOException {
        // A broker throws out the older of two clients with the same id: the link that may be open goes on.
        new MqttTrial(translate(settings, "-test"), topic, payload).run(trial);
    }

    private static MqttSettings translate(LinkSettings settings) {
        return translate(settings, "");
    }

    /** 3.1.1 is the version that every broker speaks. */
    private static MqttSettings translate(LinkSettings settings, String clientSuffix) {
        Map<String, String> options = new HashMap<>(settings.options());
        String version = options.getOrDefault("version", "3.1.1");
        if (!VERSIONS.contains(version)) {
            throw wrong("version", version, "one of " + String.join(", ", VERSIONS));
        }
        String clientId = options.getOrDefault("client-id", "headgate-" + settings.gateway() + "-" + settings.uplink());
        if (clientId.isBlank()) {
            throw wrong("client-id", clientId, "a text");
        }
        Duration keepAlive = keepAlive(options.getOrDefault("keepalive", "30s"));
        OPTIONS.forEach(options::remove);
        if (!options.isEmpty()) {
            String key = new TreeSet<>(options.keySet()).first();
            throw wrong(key, options.get(key), "a known key; of the transport mqtt: " + String.join(", ", OPTIONS));
        }
        return new MqttSettings(
                settings.address(),
                version,
                clientId + clientSuffix,
                settings.user(),
                settings.password(),
                settings.timeout(),
                keepAlive,
                settings.inFlight());
    }

    private static Duration keepAlive(String text) {
        String digits =
                text.endsWith("s") ? text.substring(0, text.length() - 1).strip() : text;
        if (digits.matches("\\d{1,5}")
                && Integer.parseInt(digits) >= 1
                && Integer.parseInt(digits) <= LONGEST_KEEPALIVE) {
            return Duration.ofSeconds(Integer.parseInt(digits));
        }
        throw wrong("keepalive", text, "seconds from 1s to 65535s");
    }

    private static IllegalArgumentException wrong(String key, String value, String expected) {
        return new IllegalArgumentException(key + ": " + value + " (expected: " + expected + ")");
    }

    private record MqttLink(MqttSession session) implements Link {
        @Override
        public void send(long token, Message message) {
            session.publish(token, message.topic(), message.payload());
        }

        @Override
        public void subscribe(List<String> filters) throws IOException {
            for (String filter : filters) {
                session.subscribe(filter);
            }
        }

        @Override
        public long messageLimit() {
            return Long.MAX_VALUE;
        }

        @Override
        public int window() {
            return session.window();
        }

        @Override
        public void close() {
            session.close();
        }
    }

    private record Events(LinkListener listener) implements MqttEvents {
        @Override
        public void acknowledged(long token) {
            listener.acknowledged(token);
        }

        @Override
        public void refused(long token, String why) {
            listener.refused(token, why);
        }

        @Override
        public void lost(String why) {
            listener.lost(why);
        }
    }
}
