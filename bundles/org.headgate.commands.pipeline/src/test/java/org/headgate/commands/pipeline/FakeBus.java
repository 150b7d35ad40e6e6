package org.headgate.commands.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.headgate.data.api.Row;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;

/** Streams with their last rows; who subscribes gets them at once. */
final class FakeBus implements StreamBus {
    final Map<String, Optional<Row>> streams = new TreeMap<>();

    @Override
    public Publisher publisher(String stream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription subscribe(
            String name, List<String> names, int capacity, OverflowPolicy policy, RowConsumer consumer) {
        names.forEach(stream -> last(stream).ifPresent(row -> consumer.row(stream, row)));
        return () -> {};
    }

    @Override
    public Optional<Row> last(String stream) {
        return streams.getOrDefault(stream, Optional.empty());
    }

    @Override
    public List<String> streams() {
        return List.copyOf(streams.keySet());
    }
}
