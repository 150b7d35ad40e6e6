package org.headgate.mqtt.client;

import java.io.IOException;
import java.util.List;

/** One connection to a broker; never used again after it was lost or closed. */
public interface MqttSession extends AutoCloseable {
    /** What a PUBLISH has beside topic and payload: fixed header, lengths, identifier, an alias and a content type of 40 bytes. */
    int OVERHEAD = 64;

    /** The longest packet that MQTT can frame (3.1.1, 2.2.3; 5, 1.5.5). */
    long LONGEST = 268_435_455;

    /**
     * Publishes without waiting. At most {@link #window} messages may be unacknowledged: the caller counts. Where a broker of MQTT 5
     * takes a lower QoS only or keeps nothing, the message goes as it takes it, and the events are told once.
     *
     * @param token the caller's number for this message, told to the events
     */
    void publish(long token, Publication message);

    /**
     * Subscribes with QoS 1 and waits for the broker's answer.
     *
     * @param filters at least one
     * @throws IOException when the broker refuses one of them or does not answer in time
     */
    void subscribe(List<String> filters) throws IOException;

    /**
     * Subscribes without waiting: the events are told {@link MqttEvents#acknowledged} when the broker takes all filters, {@link
     * MqttEvents#refused} when it refuses one. The broker hands out again what it keeps for filters that are subscribed already.
     *
     * @param token the caller's number for this question
     * @param filters at least one
     * @param qos 0 or 1, at most
     */
    void subscribe(long token, List<String> filters, int qos);

    /** Unsubscribes without waiting: the events are told {@link MqttEvents#acknowledged}, also for filters that were not subscribed. */
    void unsubscribe(long token, List<String> filters);

    /** How many messages may be unacknowledged: the settings' window or the broker's Receive Maximum (MQTT 5, 3.2.2.3.3). */
    int window();

    /**
     * How many bytes topic and payload may have together so that the packet is within the broker's Maximum Packet Size (MQTT 5,
     * 3.2.2.3.6), whatever its header; a message near it is measured to the byte when it is published.
     */
    long messageLimit();

    /** Disconnects, within a second, so that the will is not published; no event comes any more. */
    @Override
    void close();
}
