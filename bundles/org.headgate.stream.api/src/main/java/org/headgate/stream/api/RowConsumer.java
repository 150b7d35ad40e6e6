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

    /**
     * Takes rows of one stream that waited together, in their order: for consumers that can do something once for all of them. Each row that cannot be
     * taken is told of; when this method itself throws, all of its rows count as {@code dropped{error}}.
     *
     * @param rows not to be kept, nor changed
     * @param from the index of the first row
     * @param to the index behind the last row
     */
    default void rows(String stream, Row[] rows, int from, int to, Failures failures) {
        for (int i = from; i < to; i++) {
            try {
                row(stream, rows[i]);
            } catch (Throwable defect) {
                failures.failed(i, defect);
            }
        }
    }

    /** Hears which rows of a call could not be taken. */
    @FunctionalInterface
    interface Failures {
        /** The row at this index was not taken. */
        void failed(int index, Throwable why);
    }

    /** Called after each burst of rows, when the queue has been drained or its turn is over. */
    default void pause() {}
}
