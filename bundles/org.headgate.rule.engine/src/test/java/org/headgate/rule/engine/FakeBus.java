package org.headgate.rule.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import org.headgate.data.api.Row;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.Loop;
import org.headgate.system.api.kit.SimulatedSystem;

/** A bus on the simulated world, as far as a rule needs one; queues have no bound. */
final class FakeBus implements StreamBus {
    private final SimulatedSystem system;
    private final Map<String, Claim> producers = new TreeMap<>();
    private final List<Queued> subscriptions = new ArrayList<>();

    FakeBus(SimulatedSystem system) {
        this.system = system;
    }

    int subscriptions(String stream) {
        return (int) subscriptions.stream()
                .filter(queue -> queue.streams.contains(stream))
                .count();
    }

    @Override
    public Publisher publisher(String stream) {
        if (producers.containsKey(stream)) {
            throw new IllegalStateException(stream + " has a producer");
        }
        Claim claim = new Claim(stream);
        producers.put(stream, claim);
        return claim;
    }

    @Override
    public Subscription subscribe(
            String name, List<String> streams, int capacity, OverflowPolicy policy, RowConsumer consumer) {
        Queued queued = new Queued(streams, consumer, system.loop(name));
        subscriptions.add(queued);
        return queued;
    }

    @Override
    public Optional<Row> last(String stream) {
        return Optional.ofNullable(producers.get(stream)).flatMap(claim -> claim.last);
    }

    @Override
    public List<String> streams() {
        return List.copyOf(producers.keySet());
    }

    private final class Claim implements Publisher {
        private final String stream;
        private long emitted;
        private Optional<Row> last = Optional.empty();

        Claim(String stream) {
            this.stream = stream;
        }

        @Override
        public void publish(Row row) {
            emitted++;
            last = Optional.of(row);
            subscriptions.stream()
                    .filter(queue -> queue.streams.contains(stream))
                    .forEach(queue -> queue.add(stream, row));
        }

        @Override
        public long emitted() {
            return emitted;
        }

        @Override
        public void close() {
            producers.remove(stream);
        }
    }

    private final class Queued implements Subscription {
        private final List<String> streams;
        private final RowConsumer consumer;
        private final Loop loop;
        private final Queue<Row> rows = new ArrayDeque<>();

        Queued(List<String> streams, RowConsumer consumer, Loop loop) {
            this.streams = streams;
            this.consumer = consumer;
            this.loop = loop;
        }

        void add(String stream, Row row) {
            rows.add(row);
            loop.execute(() -> {
                for (Row next = rows.poll(); next != null; next = rows.poll()) {
                    consumer.row(stream, next);
                }
                consumer.pause();
            });
        }

        @Override
        public void close() {
            subscriptions.remove(this);
            loop.close();
        }
    }
}
