package org.headgate.driver.mqtt;

import org.headgate.mqtt.client.Publication;

/** Who wants messages of a session. Called by the client's threads: must not block, and must not ask anything of the session. */
interface Subscriber {
    /** A message of one of its filters; each comes once. */
    void message(Publication message);

    /** The longest payload that it takes, in bytes. */
    int longest();

    /**
     * A message of one of its filters came and was skipped: it is longer than any subscriber takes.
     *
     * @param message without its payload
     * @param bytes how long the payload was
     */
    void skipped(Publication message, long bytes);

    /** The session is gone; told once, and nothing comes any more. */
    void lost(String why);
}
