package org.headgate.stream.api;

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
}
