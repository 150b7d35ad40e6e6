package org.headgate.uplink.api;

import java.util.List;
import java.util.Optional;
import org.headgate.outbox.api.OutboxBatch;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A format on one connection. {@link #will} comes first; once there is a link, {@link #births}, then batches. Calls come one at a time, on
 * threads that may block, but {@link #received} comes on the uplink's loop and must not; nor must {@link #unsaid}.
 */
@ConsumerType
public interface PayloadSession extends AutoCloseable {
    /**
     * The messages that carry a batch, in order, at least one. The batch is acknowledged when all of them are. What goes out again after a
     * lost link is encoded again by a session of its own.
     *
     * @param route where its stream goes by the uplink's settings; a format whose standard rules that does not use it
     */
    List<Message> encode(OutboxBatch batch, Route route);

    /**
     * What {@link #encode} has made of a batch, or of a piece of one, is not sent, or the server has refused some of it. For a format that
     * numbers its messages, or tells something once only.
     *
     * @param late false where nothing of it was sent and nothing else was asked of the session since: then it is as if the batch had never
     *     been encoded. True where that cannot be said; such a call may come beside another one
     */
    default void unsaid(OutboxBatch batch, boolean late) {}

    /** What the server publishes when the link breaks without a farewell. */
    default Optional<Message> will() {
        return Optional.empty();
    }

    /** The topics whose messages this session wants to hear. */
    default List<String> subscriptions() {
        return List.of();
    }

    /**
     * What is sent first on a new link, before any batch. Batches go when all of them are acknowledged.
     *
     * @param messageLimit how many bytes topic and payload of a message may have together, here and later on this link
     */
    default List<Message> births(long messageLimit) {
        return List.of();
    }

    /** A message has come on one of the {@link #subscriptions}. */
    default void received(Incoming message) {}

    /** What is sent last before the link is closed in good order. */
    default List<Message> farewell() {
        return List.of();
    }

    /** The session has ended, whether there was a link or not. Never blocks. */
    @Override
    default void close() {}
}
