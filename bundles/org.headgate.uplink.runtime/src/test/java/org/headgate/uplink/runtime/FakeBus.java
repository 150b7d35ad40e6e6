package org.headgate.uplink.runtime;

import java.util.List;
import java.util.Optional;
import org.headgate.data.api.Row;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;

/** A bus with one subscriber, called at once. */
final class FakeBus implements StreamBus {
    RowConsumer consumer = (stream, row) -> {};
    String name = "";
    List<String> patterns = List.of();

    void publish(String stream, Row row) {
        consumer.row(stream, row);
    }

    @Override
    public Publisher publisher(String stream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription subscribe(
            String subscriber, List<String> streams, int capacity, OverflowPolicy policy, RowConsumer to) {
        name = subscriber;
        patterns = streams;
        consumer = to;
        return () -> consumer = (stream, row) -> {};
    }

    @Override
    public Optional<Row> last(String stream) {
        return Optional.empty();
    }

    @Override
    public List<String> streams() {
        return List.of();
    }
}
