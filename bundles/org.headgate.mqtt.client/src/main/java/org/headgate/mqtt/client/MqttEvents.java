package org.headgate.mqtt.client;

/** Hears of a session, on Paho's threads: must not block and must not call the session. */
public interface MqttEvents {
    /** {@link #longest} where nothing else is said. */
    int LONGEST = 1 << 20;

    /** The broker has acknowledged a message; one of QoS 0 has been sent. */
    default void acknowledged(long token) {}

    /** The broker refuses this message and would refuse it again. */
    default void refused(long token, String why) {}

    /**
     * The broker has had an error of its own at this message (MQTT 5, 3.4.2.1: 0x80, 0x83).
     *
     * @return whether the connection goes on; where it does not, {@link #exhausted} is told next
     */
    default boolean failed(long token, String why) {
        return false;
    }

    /** A message has arrived. */
    default void received(Publication message) {}

    /**
     * The longest payload that is taken, in bytes, from 16: what is longer is not read into memory and comes as {@link #skipped}. It may change
     * while the session lives.
     */
    default int longest() {
        return LONGEST;
    }

    /**
     * A message has arrived that was longer than {@link #longest}.
     *
     * @param message without its payload and its properties
     * @param bytes how long the payload was
     */
    default void skipped(Publication message, long bytes) {
        note("a message of " + bytes + " bytes at " + message.topic() + " was skipped (at most " + longest()
                + " are taken)");
    }

    /** Something that the user should know once, though the connection goes on: the broker takes less than was asked for. */
    default void note(String line) {}

    /** The connection is gone; nothing else comes. Told once. */
    void lost(String why);

    /** Told instead of a loss when the broker has let a message fail, but perhaps not for good: a quota, an error of its own. */
    default void exhausted(String why) {
        lost(why);
    }
}
