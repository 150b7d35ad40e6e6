package org.headgate.stream.api;

import org.osgi.annotation.versioning.ProviderType;

/** Publishes what happens to the gateway itself as rows, which can be watched, filtered and forwarded like any other. */
@ProviderType
public interface Events {
    /** The stream's name; no device or rule can have it, since this producer is there first. */
    String STREAM = "gateway-events";

    /** Publishes an event. Never blocks; may be called from any thread. */
    void raise(Event event);
}
