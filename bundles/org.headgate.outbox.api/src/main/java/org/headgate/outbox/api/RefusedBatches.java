package org.headgate.outbox.api;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What servers have refused, in the quarantine of each open log: never sent again, of a bounded size, the oldest given up first. Thread-safe;
 * everything blocks.
 */
@ProviderType
public interface RefusedBatches {
    /**
     * What is kept, the oldest first: of each batch the rows that were refused, under its (stream, log, seq). What is damaged is left out.
     *
     * @throws IOException when no such log is open, or its disk cannot be read
     */
    List<OutboxBatch> list(OutboxName name) throws IOException;

    /**
     * Deletes all that is kept, and begins the count of what is not anew; returns how many batches.
     *
     * @throws IOException when no such log is open, or its disk does not take it: some of it may be deleted then
     */
    int clear(OutboxName name) throws IOException;
}
