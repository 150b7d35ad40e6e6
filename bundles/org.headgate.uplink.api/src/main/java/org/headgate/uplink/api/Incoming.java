package org.headgate.uplink.api;

/**
 * A message that has come from a server.
 *
 * @param topic where it was published
 * @param payload its content
 * @param responseTopic where its sender wants an answer (MQTT 5, 3.3.2.3.5); empty where it does not say
 * @param correlation what its sender wants back in the answer (MQTT 5, 3.3.2.3.6); empty for nothing
 * @param retained whether the server had kept it, and hands it out again to whoever comes (MQTT 5, 3.3.1.3)
 */
public record Incoming(String topic, byte[] payload, String responseTopic, byte[] correlation, boolean retained) {
    /** One that the server has passed on when it came. */
    public Incoming(String topic, byte[] payload, String responseTopic, byte[] correlation) {
        this(topic, payload, responseTopic, correlation, false);
    }

    @Override
    public String toString() {
        return topic + " (" + payload.length + " bytes)";
    }
}
