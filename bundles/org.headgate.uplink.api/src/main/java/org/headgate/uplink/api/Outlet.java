package org.headgate.uplink.api;

import org.osgi.annotation.versioning.ProviderType;

/** How a {@link PayloadSession} says something by itself. Thread-safe; never blocks; after the session's end nothing is done. */
@ProviderType
public interface Outlet {
    /** Sends a message that carries no batch: a birth that is asked for again, for example. Dropped when the link breaks. */
    void send(Message message);

    /**
     * Whether batches may go now: a session that knows its consumer to be away holds them in the outbox. True at the beginning.
     */
    void ready(boolean now);

    /** Ends the link in good order and opens another one, by a new session. */
    void reconnect(String why);
}
