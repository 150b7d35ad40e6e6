package org.headgate.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Instance;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.Storage;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;

/** A history on a simulated disk in simulated time; each row carries a number of its own. */
final class World implements StreamBus {
    static final Schema SCHEMA = Schema.of(new Column("n", Type.LONG, "1"), Column.of("text", Type.STRING));

    final SimulatedSystem system;
    final List<Event> events = new ArrayList<>();
    final DiskHistory history;
    List<String> subscribed = List.of();
    private RowConsumer consumer;

    World(Storage disk, String... settings) {
        this(new SimulatedSystem(7), disk, settings);
    }

    World(SimulatedSystem system, Storage disk, String... settings) {
        this.system = system;
        history = new DiskHistory(settings(settings), this, disk, system, system, system, events::add);
    }

    static HistorySettings settings(String... lines) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split("=", 2);
            properties.put(parts[0].strip(), parts[1].strip());
            keys.add(parts[0].strip());
        }
        properties.put(Instance.KEYS, keys.toArray(String[]::new));
        properties.put(Instance.NAME, "history");
        return HistorySettings.of(Instance.of(properties));
    }

    static MemoryStorage folder(MemoryStorage disk) {
        return disk.in("history");
    }

    Row row(long number) {
        return Row.builder(SCHEMA)
                .set(0, number)
                .set(1, (Object) ("row " + number))
                .build(system.epochNanos(), ClockState.SYNCED);
    }

    void publish(String stream, long... numbers) {
        for (long number : numbers) {
            consumer.row(stream, row(number));
        }
    }

    void publish(String stream, Row row) {
        consumer.row(stream, row);
    }

    void seconds(long seconds) {
        system.advance(Duration.ofSeconds(seconds));
    }

    /** The numbers of all rows of the streams that a pattern names. */
    List<Long> numbers(String streams) throws IOException {
        return numbers(streams, 0, Long.MAX_VALUE);
    }

    List<Long> numbers(String streams, long from, long to) throws IOException {
        List<Long> numbers = new ArrayList<>();
        history.read(streams, from, to, (stream, row) -> {
            assertThat(row.asString(1)).isEqualTo("row " + row.asLong(0));
            return numbers.add(row.asLong(0));
        });
        return numbers;
    }

    FlowSnapshot flow() {
        FlowSnapshot flow = history.flows().get(0);
        assertThat(flow.imbalance()).as("conservation %s", flow).isZero();
        return flow;
    }

    @Override
    public Subscription subscribe(
            String name, List<String> streams, int capacity, OverflowPolicy policy, RowConsumer rows) {
        subscribed = streams;
        consumer = rows;
        return () -> subscribed = List.of();
    }

    @Override
    public Publisher publisher(String stream) {
        throw new UnsupportedOperationException();
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
