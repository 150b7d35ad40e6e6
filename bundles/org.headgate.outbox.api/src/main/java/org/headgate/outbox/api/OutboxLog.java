package org.headgate.outbox.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Row;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The rows of one uplink and priority, first in, first out. A group commit makes one batch of each stream's rows in it, durably
 * numbered, so that a batch sent again, even after a crash, has the same number and the same rows.
 */
@ProviderType
public interface OutboxLog extends AutoCloseable {
    /**
     * Appends a row. Never blocks: it is durable after the next group commit. When the log cannot take it, it is counted as
     * dropped with the reason.
     */
    void append(String stream, Row row);

    /**
     * The next batch of a lane that was not given out since the last {@link #linkUp}; empty when there is none, or when it is
     * not wanted yet: then it counts as not given out, and those behind it in its lane wait with it. May block.
     *
     * @param wanted whether a batch may be given out; it is asked for the next one only
     */
    Optional<OutboxBatch> next(Lane lane, Predicate<OutboxBatch> wanted);

    /** The broker has acknowledged a batch: its rows are {@code passed}. In any order; each batch once. Never blocks. */
    void acknowledge(OutboxBatch batch);

    /**
     * Some rows of a batch will not be passed on: they are counted as dropped with the reason, which the stream's next batch
     * reports; all other rows of it count as passed. What the broker refuses is set aside in quarantine first. May block.
     *
     * @param rows indexes into the batch's rows, ascending, at least one
     */
    void drop(OutboxBatch batch, List<Integer> rows, DropReason reason, String why);

    /**
     * A link is there: gives out all batches again that are not acknowledged. Never blocks.
     *
     * @param split whether what waits now becomes the {@link Lane#BACKLOG}; what is one already stays one either way, as does what an
     *     earlier process has left
     */
    void linkUp(boolean split);

    /** The link is gone. Never blocks. */
    void linkDown();

    /** Commits what waits and closes the files. Rows that are not acknowledged stay on disk. */
    @Override
    void close();
}
