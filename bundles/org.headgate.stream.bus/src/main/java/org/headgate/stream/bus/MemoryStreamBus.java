package org.headgate.stream.bus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.FlowSource;
import org.headgate.data.api.Row;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The bus. A stream knows its subscriptions, a subscription its queue; the counters of an edge outlive both, so that an
 * uplink which is configured anew goes on counting where it was.
 */
@Component
public final class MemoryStreamBus implements StreamBus, FlowSource {
    private final Scheduler scheduler;
    private final Map<String, Stream> streams = new ConcurrentSkipListMap<>();
    private final List<QueueSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Map<EdgeName, Edge> edges = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    @Activate
    public MemoryStreamBus(@Reference Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public synchronized Publisher publisher(String name) {
        Stream stream = streams.computeIfAbsent(name, Stream::new);
        Publisher publisher = stream.claim();
        for (QueueSubscription subscription : subscriptions) {
            join(subscription, stream);
        }
        return publisher;
    }

    @Override
    public synchronized Subscription subscribe(
            String name, List<String> patterns, int capacity, OverflowPolicy policy, RowConsumer consumer) {
        StreamNames streamNames = new StreamNames(patterns);
        Optional<QueueSubscription> former = subscriptions.stream()
                .filter(other -> other.name().equals(name) && other.isParked() && other.hasAnyOf(streamNames))
                .findFirst();
        QueueSubscription subscription = new QueueSubscription(
                name,
                streamNames,
                capacity,
                policy,
                consumer,
                scheduler.loop("subscription:" + name),
                locks.computeIfAbsent(name, any -> new Object()),
                former.isPresent(),
                this::leave);
        subscriptions.add(subscription);
        for (Stream stream : streams.values()) {
            join(subscription, stream);
        }
        former.ifPresent(subscription::succeed);
        return subscription;
    }

    @Override
    public Optional<Row> last(String stream) {
        return Optional.ofNullable(streams.get(stream)).flatMap(Stream::last);
    }

    @Override
    public List<String> streams() {
        return streams.values().stream()
                .filter(Stream::hasProducer)
                .map(Stream::name)
                .toList();
    }

    @Override
    public List<FlowSnapshot> flows() {
        List<FlowSnapshot> flows = new ArrayList<>();
        for (Edge edge : edges.values()) {
            flows.add(edge.snapshot());
        }
        flows.sort(Comparator.comparing(FlowSnapshot::from).thenComparing(FlowSnapshot::to));
        return flows;
    }

    private void join(QueueSubscription subscription, Stream stream) {
        if (subscription.wants(stream.name())) {
            Edge edge = edges.computeIfAbsent(
                    new EdgeName(stream.name(), subscription.name()),
                    name -> new Edge(name.from(), name.to(), locks.get(name.to())));
            stream.join(subscription, edge);
        }
    }

    private synchronized void leave(QueueSubscription subscription) {
        subscriptions.remove(subscription);
        streams.values().forEach(stream -> stream.leave(subscription));
    }

    private record EdgeName(String from, String to) {}
}
