package org.headgate.uplink.mqtt;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.headgate.mqtt.client.MqttAddress;
import org.headgate.mqtt.client.MqttSettings;
import org.headgate.mqtt.client.ProxySettings;
import org.headgate.mqtt.client.Publication;
import org.headgate.tls.CertificateClock;
import org.headgate.tls.TlsSettings;
import org.headgate.uplink.api.LinkSettings;
import org.headgate.uplink.api.Message;

/** Reads the transport's own keys of an uplink's file; opens none of the files that they name. */
final class MqttOptions {
    private static final List<String> VERSIONS = List.of("3.1.1", "5");
    private static final List<String> PLAIN = List.of("version", "client-id", "keepalive");
    private static final List<String> KEYS = Stream.of(PLAIN, TlsSettings.KEYS, ProxySettings.KEYS)
            .flatMap(List::stream)
            .toList();
    private static final int LONGEST_KEEPALIVE = 65_535;

    private MqttOptions() {}

    /**
     * Version 3.1.1 is what every broker speaks.
     *
     * @param clientSuffix what distinguishes this client from the uplink's own; may be empty
     * @throws IllegalArgumentException with {@code key: value (expected: ...)}
     */
    static MqttSettings read(LinkSettings settings, CertificateClock clock, String clientSuffix) {
        Map<String, String> options = new HashMap<>(settings.options());
        MqttAddress server = MqttAddress.parse(settings.address());
        String version = options.getOrDefault("version", "3.1.1");
        if (!VERSIONS.contains(version)) {
            throw wrong("version", version, "one of " + String.join(", ", VERSIONS));
        }
        String clientId = options.getOrDefault("client-id", "headgate-" + settings.gateway() + "-" + settings.uplink());
        if (clientId.isBlank()) {
            throw wrong("client-id", clientId, "a text");
        }
        Duration keepAlive = keepAlive(options.getOrDefault("keepalive", "30s"));
        TlsSettings tls = TlsSettings.of(options, settings.files());
        if (!server.tls() && !tls.isPlain()) {
            String key = TlsSettings.KEYS.stream()
                    .filter(options::containsKey)
                    .findFirst()
                    .orElseThrow();
            throw wrong(key, options.get(key), "an address with mqtts:// or wss://");
        }
        var proxy = ProxySettings.of(options, settings.files());
        KEYS.forEach(options::remove);
        if (!options.isEmpty()) {
            String key = new TreeSet<>(options.keySet()).first();
            throw wrong(key, options.get(key), "a known key; of the transport mqtt: " + String.join(", ", KEYS));
        }
        return new MqttSettings(
                settings.address(),
                version,
                clientId + clientSuffix,
                settings.user(),
                settings.password(),
                settings.timeout(),
                keepAlive,
                settings.inFlight(),
                settings.will().map(MqttOptions::publication),
                tls,
                proxy,
                clock);
    }

    static Publication publication(Message message) {
        return new Publication(
                message.topic(),
                message.payload(),
                message.qos(),
                message.retain(),
                message.contentType(),
                "",
                message.correlation());
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
}
