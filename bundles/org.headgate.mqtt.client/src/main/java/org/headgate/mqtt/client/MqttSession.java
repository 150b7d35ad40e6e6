package org.headgate.mqtt.client;

import java.io.IOException;

/** One connection to a broker; never used again after it was lost or closed. */
public interface MqttSession extends AutoCloseable {
    /**
     * Publishes with QoS 1, not retained, without waiting. At most {@link #window} messages may be unacknowledged: the
     * caller counts.
     *
     * @param token the caller's number for this message, told to the events
     */
    void publish(long token, String topic, byte[] payload);

    /**
     * Subscribes with QoS 1 and waits for the broker's answer.
     *
     * @throws IOException when the broker refuses or does not answer in time
     */
    void subscribe(String filter) throws IOException;

    /** How many messages may be unacknowledged: the settings' window or the broker's Receive Maximum (MQTT 5, 3.2.2.3.3). */
    int window();

    /** Disconnects, within a second; no event comes any more. */
    @Override
    void close();
}
