package org.headgate.stream.api;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** A bounded queue of rows that one consumer drains. */
@ProviderType
public interface Subscription extends AutoCloseable {
    /**
     * Ends the subscription. Rows that still wait are dropped and counted as {@code stopped}. A call of the consumer that is
     * running now ends by itself: waiting for it could lock up a caller that holds what the consumer needs.
     */
    @Override
    void close();

    /**
     * Ends the subscription in favour of the next one of the same name, for a consumer that is configured anew: rows that wait,
     * and rows that come until then, go to the successor in order. Without one, all of them are dropped and counted as {@code
     * stopped} when the patience is over.
     */
    default void handOver(Duration patience) {
        close();
    }
}
