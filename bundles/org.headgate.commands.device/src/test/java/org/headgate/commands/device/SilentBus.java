package org.headgate.commands.device;

import java.util.List;
import java.util.Optional;
import org.headgate.data.api.Row;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;

/** Streams on which nothing comes. */
final class SilentBus implements StreamBus {
    @Override
    public Publisher publisher(String stream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription subscribe(
            String name, List<String> streams, int capacity, OverflowPolicy policy, RowConsumer consumer) {
        return () -> {};
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
