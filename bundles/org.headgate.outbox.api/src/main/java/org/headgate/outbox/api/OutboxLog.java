package org.headgate.outbox.api;

import java.util.Optional;
import java.util.function.Predicate;
import org.headgate.data.api.Row;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The rows of one uplink, first in, first out. A group commit makes one batch of each stream's rows in it, durably
 * numbered, so that a batch sent again, even after a crash, has the same number and the same rows.
 */
@ProviderType
public interface OutboxLog extends AutoCloseable {
    /**
     * Appends a row. Never blocks: it is durable after the next group commit. When the log cannot take it, it is counted as
     * dropped with the reason.
     */
    void append(String stream, Row row);

    /** Makes {@code wakeUp} run (on a thread of the outbox; it must not block) whenever new batches can be read. */
    void onReadable(Runnable wakeUp);

    /**
     * The next committed batch that was not given out since the last {@link #rewind}; empty when there is none, or when it is
     * not wanted yet: then it counts as not given out, and those behind it wait with it. May block.
     *
     * @param wanted whether a batch may be given out; it is asked for the next one only
     */
    Optional<OutboxBatch> next(Predicate<OutboxBatch> wanted);

    /** The broker has acknowledged a batch: its rows are {@code passed}. In any order; each batch once. Never blocks. */
    void acknowledge(OutboxBatch batch);

    /** The broker cannot take a batch: it is set aside in quarantine and its rows are counted as dropped{refused}. May block. */
    void refuse(OutboxBatch batch, String why);

    /** Gives out all batches again that are not acknowledged: after the connection was lost. Never blocks. */
    void rewind();

    /** Commits what waits and closes the files. Rows that are not acknowledged stay on disk. */
    @Override
    void close();
}
