package org.headgate.stream.api;

import org.osgi.annotation.versioning.ProviderType;

/** A bounded queue of rows that one consumer drains. */
@ProviderType
public interface Subscription extends AutoCloseable {
    /**
     * Ends the subscription. Rows that still wait are dropped and counted as {@code stopped}; the consumer is not called
     * any more once this returns, unless it is this very call that is running.
     */
    @Override
    void close();
}
