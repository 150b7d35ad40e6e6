package org.headgate.uplink.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.data.api.Row;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;

/** A bus that calls its subscribers at once. */
final class FakeBus implements StreamBus {
    RowConsumer consumer = (stream, row) -> {};
    String name = "";
    List<String> patterns = List.of();

    private final Map<String, Row> current = new LinkedHashMap<>();
    private final Map<String, List<String>> wanted = new LinkedHashMap<>();
    private final Map<String, RowConsumer> consumers = new LinkedHashMap<>();

    void publish(String stream, Row row) {
        current.put(stream, row);
        List.copyOf(consumers.keySet()).stream()
                .filter(each -> takes(wanted.get(each), stream))
                .forEach(each -> consumers.get(each).row(stream, row));
    }

    private static boolean takes(List<String> names, String stream) {
        return names.stream().anyMatch(name -> fits(name, stream))
                && names.stream().noneMatch(name -> name.startsWith("!") && fits(name.substring(1), stream));
    }

    private static boolean fits(String name, String stream) {
        return stream.matches(name.replace("*", ".*"));
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
        wanted.put(subscriber, streams);
        consumers.put(subscriber, to);
        return () -> consumers.remove(subscriber, to);
    }

    @Override
    public Optional<Row> last(String stream) {
        return Optional.ofNullable(current.get(stream));
    }

    @Override
    public List<String> streams() {
        return List.copyOf(current.keySet());
    }
}
