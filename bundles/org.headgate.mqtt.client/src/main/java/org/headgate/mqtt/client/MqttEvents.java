package org.headgate.mqtt.client;

/** Hears of a session, on Paho's threads: must not block and must not call the session. */
public interface MqttEvents {
    /** The broker has acknowledged a message. */
    default void acknowledged(long token) {}

    /** The broker refuses this message and would refuse it again. */
    default void refused(long token, String why) {}

    /** A message has arrived. */
    default void message(String topic, byte[] payload) {}

    /** The connection is gone; nothing else comes. Told once. */
    void lost(String why);
}
