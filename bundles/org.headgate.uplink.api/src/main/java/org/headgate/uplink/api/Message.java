package org.headgate.uplink.api;

/**
 * A message on its way to a server.
 *
 * @param topic where to, without wildcards
 * @param payload its content
 * @param contentType what the payload is, as a media type; empty where nothing is to be said. Transports that cannot say it leave it out
 * @param qos 0 sent once, 1 acknowledged, 2 acknowledged and never twice on one connection (MQTT 5, 4.3)
 * @param retain whether the server keeps it for those who come later
 * @param correlation the request that it answers, as the request named it; empty for none
 */
public record Message(String topic, byte[] payload, String contentType, int qos, boolean retain, byte[] correlation) {
    private static final byte[] NONE = {};

    /** A message with QoS 1 that is not kept. */
    public static Message of(String topic, byte[] payload, String contentType) {
        return new Message(topic, payload, contentType, 1, false, NONE);
    }

    /** The same with another QoS, kept or not. */
    public Message as(int otherQos, boolean retained) {
        return new Message(topic, payload, contentType, otherQos, retained, correlation);
    }

    /** The same with another content. */
    public Message carrying(byte[] other, String otherType) {
        return new Message(topic, other, otherType, qos, retain, correlation);
    }

    @Override
    public String toString() {
        return topic + " (" + payload.length + " bytes)";
    }
}
