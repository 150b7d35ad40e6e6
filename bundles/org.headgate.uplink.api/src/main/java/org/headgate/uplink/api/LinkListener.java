package org.headgate.uplink.api;

import org.osgi.annotation.versioning.ProviderType;

/** Hears what becomes of a link. Called from the transport's threads; never blocks. */
@ProviderType
public interface LinkListener {
    /** The server has acknowledged a message. */
    void acknowledged(long token);

    /** The server refuses this message and would refuse it again (too large, not allowed, malformed). */
    void refused(long token, String why);

    /**
     * The server has had an error of its own at this message (MQTT 5, 3.4.2.1: 0x80, 0x83): perhaps by the message's fault, perhaps not. The
     * message has not arrived; the link goes on.
     */
    default void failed(long token, String why) {
        exhausted(why);
    }

    /** A message has come on a topic that was asked for. */
    void received(Incoming message);

    /**
     * A message has come on a topic that was asked for, but it is too long to be taken, and was not read.
     *
     * @param topic where it came
     * @param bytes how long its content is
     */
    default void skipped(String topic, long bytes) {}

    /** The connection is gone; nothing else comes from this link. */
    void lost(String why);

    /**
     * The server takes nothing more for now, by no message's fault (a quota is used up): the connection is given up, as when it is lost, and
     * another one may do after a pause.
     */
    default void exhausted(String why) {
        lost(why);
    }
}
