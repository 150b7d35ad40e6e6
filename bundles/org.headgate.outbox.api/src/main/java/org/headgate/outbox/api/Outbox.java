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

    /**
     * Rows have come for a log that is not open yet and wait outside of it: they count as come in and queued on the edge of the
     * log.
     *
     * @param change how many more wait; negative when some go into the log after all, which counts them from then on
     */
    void waiting(String uplink, int change);

    /** Rows that were {@link #waiting} are dropped, for their uplink has ended; they count as stopped. */
    void abandoned(String uplink, int rows);

    /** The state of every open log, sorted by uplink. */
    List<OutboxStatus> list();
}
