package org.headgate.uplink.mqtt;

import java.util.Map;
import java.util.TreeMap;
import org.headgate.mqtt.client.MqttKeys;
import org.headgate.mqtt.client.MqttSettings;
import org.headgate.mqtt.client.Publication;
import org.headgate.tls.CertificateClock;
import org.headgate.uplink.api.LinkSettings;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.UnknownKeyException;

/** Reads the transport's own keys of an uplink's file; opens none of the files that they name. */
final class MqttOptions {
    private MqttOptions() {}

    /**
     * The way to the broker, as the file says it.
     *
     * @param clientSuffix what distinguishes this client from the uplink's own; may be empty
     * @throws IllegalArgumentException with {@code key: value (expected: ...)}
     */
    static MqttSettings read(LinkSettings settings, CertificateClock clock, String clientSuffix) {
        MqttKeys keys = MqttKeys.read(settings.address(), settings.options(), settings.files());
        TreeMap<String, String> unknown = new TreeMap<>(settings.options());
        MqttKeys.KEYS.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            Map.Entry<String, String> first = unknown.firstEntry();
            throw new UnknownKeyException(
                    first.getKey(),
                    first.getValue(),
                    "a known key; of the transport mqtt: " + String.join(", ", MqttKeys.KEYS),
                    MqttKeys.KEYS);
        }
        keys.checkLogIn(settings.user(), settings.password().length > 0);
        String clientId = keys.clientId().isEmpty()
                ? "headgate-" + settings.gateway() + "-" + settings.uplink()
                : keys.clientId();
        return new MqttSettings(
                settings.address(),
                keys.version(),
                clientId + clientSuffix,
                settings.user(),
                settings.password(),
                settings.timeout(),
                keys.keepAlive(),
                settings.inFlight(),
                settings.will().map(MqttOptions::publication),
                keys.tls(),
                keys.proxy(),
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
}
