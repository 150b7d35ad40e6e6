package org.headgate.outbox.api;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** All outbox logs of this gateway. Thread-safe. */
@ProviderType
public interface Outbox {
    /**
     * Opens a log, or makes it. It always opens: what is damaged is counted, set aside and reported.
     *
     * @param readable runs whenever new batches can be read, and once after the opening; on a thread of the outbox: it must not block
     * @throws IOException when the folder cannot be used at all: its disk is not mounted, for example; with one line for the user
     * @throws IllegalStateException when the log is open already
     */
    OutboxLog open(OutboxName name, OutboxSettings settings, Runnable readable) throws IOException;

    /**
     * Rows have come for a log that is not open yet and wait outside of it: they count as come in and queued on the edge of the
     * log.
     *
     * @param change how many more wait; negative when some go into the log after all, which counts them from then on
     */
    void waiting(OutboxName name, int change);

    /** Rows that were {@link #waiting} are dropped, for their uplink has ended; they count as stopped. */
    void abandoned(OutboxName name, int rows);

    /** The state of every open log, sorted by name. */
    List<OutboxStatus> list();
}
