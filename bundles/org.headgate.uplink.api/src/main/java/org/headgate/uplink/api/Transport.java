package org.headgate.uplink.api;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** A way to a server: opens links. Stateless; used by several threads at once for different uplinks. */
@ConsumerType
public interface Transport {
    /** The transport's name as it stands in {@code transport = ...}, for example {@code mqtt}. */
    String name();

    /**
     * Checks the settings without connecting.
     *
     * @throws IllegalArgumentException with {@code key: value (expected: ...)} when they cannot work
     */
    void check(LinkSettings settings);

    /**
     * Connects. Blocks no longer than the settings' time-out. The link is used once: after {@link LinkListener#lost} a new one
     * is opened.
     *
     * @throws IOException when the server does not accept, with one line for the user
     */
    Link open(LinkSettings settings, LinkListener listener) throws IOException;
}
