package org.headgate.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.FlowSource;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.Events;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Says where rows were dropped: every {@link #PERIOD} one event for each edge and reason whose counter has grown, the largest
 * growth first and {@link #MOST} at most; what is beyond comes as one more event. An event about drops may itself be dropped
 * behind the stream of events; such an echo is not reported again, so that it dies away instead of going round for ever.
 */
@Component(service = DropWatch.class, immediate = true)
public final class DropWatch {
    static final Duration PERIOD = Duration.ofSeconds(10);
    static final int MOST = 50;

    private final Events events;
    private final Loop loop;
    private final List<FlowSource> sources = new CopyOnWriteArrayList<>();
    private Map<Counter, Long> before = Map.of();
    private long raised;

    @Activate
    public DropWatch(@Reference Events events, @Reference Scheduler scheduler) {
        this.events = events;
        loop = scheduler.loop("drop-watch");
        loop.schedule(PERIOD, this::tick);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(FlowSource source) {
        sources.add(source);
    }

    void unbind(FlowSource source) {
        sources.remove(source);
    }

    @Deactivate
    void stop() {
        loop.close();
    }

    /** One reason on one edge. */
    private record Counter(String from, String to, String reason) {
        boolean isOfEvents() {
            return from.equals(Events.STREAM) || to.equals(Events.STREAM);
        }
    }

    private record Growth(Counter counter, long rows) {
        Event event() {
            return new Event(
                    Event.Kind.DROP,
                    counter.from + " -> " + counter.to,
                    counter.reason,
                    "rows dropped within " + PERIOD.toSeconds() + " s",
                    rows);
        }
    }

    private void tick() {
        loop.schedule(PERIOD, this::tick);
        Map<Counter, Long> now = counters();
        List<Growth> grown = new ArrayList<>();
        now.forEach((counter, rows) -> {
            long known = before.getOrDefault(counter, 0L);
            // A counter that is smaller than before began anew, with what it counts.
            long growth = rows < known ? rows : rows - known;
            boolean echo = counter.isOfEvents() && growth <= raised;
            if (growth > 0 && !echo) {
                grown.add(new Growth(counter, growth));
            }
        });
        before = now;
        grown.sort(Comparator.comparingLong(Growth::rows)
                .reversed()
                .thenComparing(growth -> growth.event().source()));
        report(grown);
    }

    private void report(List<Growth> grown) {
        int named = Math.min(grown.size(), MOST);
        grown.subList(0, named).forEach(growth -> events.raise(growth.event()));
        List<Growth> rest = grown.subList(named, grown.size());
        raised = named + (rest.isEmpty() ? 0 : 1);
        if (!rest.isEmpty()) {
            events.raise(new Event(
                    Event.Kind.DROP,
                    "others",
                    "various",
                    "rows dropped on " + rest.size() + " more edges; gateway:flow shows them",
                    rest.stream().mapToLong(Growth::rows).sum()));
        }
    }

    private Map<Counter, Long> counters() {
        Map<Counter, Long> counters = new HashMap<>();
        for (FlowSource source : sources) {
            for (FlowSnapshot edge : source.flows()) {
                edge.dropped()
                        .forEach((reason, rows) ->
                                counters.merge(new Counter(edge.from(), edge.to(), reason), rows, Long::sum));
            }
        }
        return counters;
    }
}
