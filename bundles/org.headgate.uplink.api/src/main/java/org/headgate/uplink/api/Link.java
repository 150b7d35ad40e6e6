package org.headgate.uplink.api;

import org.osgi.annotation.versioning.ConsumerType;

/** An open connection to a server. */
@ConsumerType
public interface Link extends AutoCloseable {
    /**
     * Sends a message without waiting. Its fate comes to the listener under the same token.
     *
     * @param token the caller's number for this message, unique on this link
     */
    void send(long token, String topic, byte[] payload);

    /** How many messages the server lets be unacknowledged at a time (at most what the settings say). */
    int window();

    /** Disconnects; the listener hears nothing any more. Blocks for a second at most. */
    @Override
    void close();
}
