package org.headgate.stream.api;

import java.util.List;
import java.util.Optional;
import org.headgate.data.api.Row;
import org.osgi.annotation.versioning.ProviderType;

/** Carries rows from producers to subscriptions. Order holds per stream and subscription, never across streams. */
@ProviderType
public interface StreamBus {
    /**
     * Claims a stream for one producer, until the publisher is closed.
     *
     * @param stream a device's or a rule's name
     * @throws IllegalStateException when the stream has a producer already
     */
    Publisher publisher(String stream);

    /**
     * Subscribes to streams, those included that appear later.
     *
     * @param name the subscriber's name as {@code gateway:flow} shows it, for example {@code outbox:cloud}
     * @param streams names, or patterns in which {@code *} stands for any text; with {@code !} in front it takes streams out again
     * @param capacity how many rows may wait; beyond it {@code policy} decides what is dropped and counted
     */
    Subscription subscribe(
            String name, List<String> streams, int capacity, OverflowPolicy policy, RowConsumer consumer);

    /** The last row of a stream, if there was one since the stream's producer appeared. */
    Optional<Row> last(String stream);

    /** All streams that have a producer, sorted. */
    List<String> streams();
}
