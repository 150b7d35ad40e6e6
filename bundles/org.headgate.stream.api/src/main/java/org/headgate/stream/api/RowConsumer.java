package org.headgate.stream.api;

import org.headgate.data.api.Row;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes rows from a subscription, on the subscription's loop. Must not block. A row is counted as {@code passed} when
 * {@link #row} returns and as {@code dropped{error}} when it throws.
 */
@ConsumerType
@FunctionalInterface
public interface RowConsumer {
    /** Takes one row of a stream. */
    void row(String stream, Row row);

    /** Called after each burst of rows, when the queue has been drained or its turn is over. */
    default void pause() {}
}
