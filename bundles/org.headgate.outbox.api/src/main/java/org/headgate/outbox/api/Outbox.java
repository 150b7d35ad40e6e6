package org.headgate.outbox.api;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** All outbox logs of this gateway. Thread-safe. */
@ProviderType
public interface Outbox {
    /**
     * Opens the log of an uplink, or makes it. It always opens: what is damaged is counted, set aside and reported.
     *
     * @throws IOException when the folder cannot be used at all
     * @throws IllegalStateException when the log is open already
     */
    OutboxLog open(String uplink, OutboxSettings settings) throws IOException;

    /** The state of every open log, sorted by uplink. */
    List<OutboxStatus> list();
}
