package org.headgate.mqtt.client;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * What a broker of MQTT 5 says that it takes (MQTT 5, 3.2.2.3).
 *
 * @param window how many messages may be unacknowledged: Receive Maximum (3.2.2.3.3) less one for a farewell, and our own limit
 * @param most Receive Maximum itself
 * @param packetBytes Maximum Packet Size (3.2.2.3.6)
 * @param qos Maximum QoS (3.2.2.3.4)
 * @param retain Retain Available (3.2.2.3.5)
 * @param aliases whether it takes topic aliases (3.2.2.3.8), which Paho then uses
 * @param told whether the user knows that messages go out as less than they were meant to be
 */
record BrokerLimits(
        int window, int most, long packetBytes, int qos, boolean retain, boolean aliases, AtomicBoolean told) {
    static BrokerLimits of(int window, MqttProperties says) {
        MqttProperties properties = says == null ? new MqttProperties() : says;
        Integer most = properties.getReceiveMaximum();
        Long bytes = properties.getMaximumPacketSize();
        Integer qos = properties.getMaximumQoS();
        Integer aliases = properties.getTopicAliasMaximum();
        return new BrokerLimits(
                most == null ? window : Math.max(1, Math.min(window, most - 1)),
                most == null ? Integer.MAX_VALUE : most,
                bytes == null ? MqttSession.LONGEST : Math.min(bytes, MqttSession.LONGEST),
                qos == null ? 2 : qos,
                !Boolean.FALSE.equals(properties.isRetainAvailable()),
                aliases != null && aliases > 0,
                new AtomicBoolean());
    }

    /** Why it does not take a message; empty where it does. */
    String refusal(Publication message) {
        // Most are far from the limit: those are not measured.
        if (message.payload().length + 3L * message.topic().length() + MqttSession.OVERHEAD <= packetBytes
                || message.packetBytes(aliases) <= packetBytes) {
            return "";
        }
        return message.packetBytes(aliases) + " bytes, but the broker takes packets of " + packetBytes + " at most";
    }

    /** The message as the broker takes it. */
    Publication fitting(Publication message, Fate fate) {
        boolean kept = message.retain() && !retain;
        if (message.qos() <= qos && !kept) {
            return message;
        }
        if (told.compareAndSet(false, true)) {
            fate.note(
                    kept
                            ? "the broker keeps no messages: retain is left out"
                            : "the broker takes QoS " + qos + " at most");
        }
        return new Publication(
                message.topic(),
                message.payload(),
                Math.min(message.qos(), qos),
                message.retain() && retain,
                message.contentType(),
                message.responseTopic(),
                message.correlation());
    }
}
