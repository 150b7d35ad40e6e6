package org.headgate.uplink.api;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** An open connection to a server. */
@ConsumerType
public interface Link extends AutoCloseable {
    /**
     * Sends a message without waiting. Its fate comes to the listener under the same token; one of QoS 0 counts as acknowledged when it
     * is sent.
     *
     * @param token the caller's number for this message, unique on this link
     */
    void send(long token, Message message);

    /**
     * Asks for the messages of topics; they come to the listener. Blocks no longer than the settings' time-out.
     *
     * @param filters topics, where the transport knows them with wildcards
     * @throws IOException when the server refuses one or does not answer, with one line for the user
     */
    void subscribe(List<String> filters) throws IOException;

    /** How many messages the server lets be unacknowledged at a time (at most what the settings say). */
    int window();

    /** How many bytes topic and payload of a message may have together; what is larger is refused. */
    long messageLimit();

    /** Disconnects; the listener hears nothing any more. Blocks for a second at most. */
    @Override
    void close();
}
