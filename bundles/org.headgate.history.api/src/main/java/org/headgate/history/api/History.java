package org.headgate.history.api;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** The rows that were kept. Thread-safe. */
@ProviderType
public interface History {
    /**
     * Hands out the rows of a stream, in the order in which they came, those included that are not on disk yet. Memory does not grow with their number.
     * Blocks. Rows that are deleted meanwhile may be missing.
     *
     * @param streams a stream's name, or a pattern in which {@code *} stands for any text
     * @param fromNanos the time of the first row, in nanoseconds since the epoch
     * @param toNanos the time behind the last row
     * @return what was met on the way
     * @throws IOException when the disk cannot be read at all
     */
    Reading read(String streams, long fromNanos, long toNanos, HistoryConsumer consumer) throws IOException;

    /** What is kept, and how it goes. */
    HistoryStatus status();
}
