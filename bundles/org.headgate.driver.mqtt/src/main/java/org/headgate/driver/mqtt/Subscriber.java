package org.headgate.driver.mqtt;

import org.headgate.mqtt.client.Publication;

/** Who wants messages of a session. Called by the client's threads: must not block, and must not ask anything of the session. */
interface Subscriber {
    /** A message of one of its filters; each comes once. */
    void message(Publication message);

    /** The session is gone; told once, and nothing comes any more. */
    void lost(String why);
}
