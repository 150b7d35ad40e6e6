package org.headgate.uplink.api;

import java.util.List;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/** How a {@link PayloadSession} says something by itself. Thread-safe; never blocks; after the session's end nothing is done. */
@ProviderType
public interface Outlet {
    /**
     * Asks for messages that carry no batch to be made and sent: a birth that is wanted again, for example. They are made like those
     * of {@link PayloadSession#encode}, never while another call of the session runs, and go out in the order of making: before what is
     * encoded afterwards and behind what was encoded before. So a format can number its messages. Dropped when the link breaks.
     *
     * @param messages makes the messages, none at all if there is nothing to be said any more; may block
     */
    void send(Supplier<List<Message>> messages);

    /**
     * Asks for what is to be sent before any batch, where {@link PayloadSession#births} did not have it yet: as {@link #send} does, but
     * batches go when all of it is acknowledged, and the link is given up when the server refuses some of it.
     *
     * @param messages makes the messages, none at all if nothing is to be said yet; may block
     */
    void births(Supplier<List<Message>> messages);

    /**
     * Whether batches may go now: a session that knows its consumer to be away holds them in the outbox. True at the beginning.
     */
    void ready(boolean now);

    /** Ends the link in good order and opens another one, by a new session. */
    void reconnect(String why);

    /** A message was not heard, because too many others wait: it is counted for the user. */
    default void unheard() {}
}
