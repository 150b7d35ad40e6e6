package org.headgate.stream.api;

import org.headgate.data.api.Row;
import org.osgi.annotation.versioning.ProviderType;

/** The one producer of a stream. */
@ProviderType
public interface Publisher extends AutoCloseable {
    /** Hands a row to every subscription of the stream. Never blocks and never calls a subscriber. */
    void publish(Row row);

    /** How many rows were published through this publisher. */
    long emitted();

    /** Gives the stream back. Rows that wait in subscriptions are still delivered. */
    @Override
    void close();
}
