package org.headgate.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.Event.Kind;
import org.headgate.stream.api.Events;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.bus.MemoryStreamBus;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class DropWatchTest {
    private static final Duration TICK = DropWatch.PERIOD;

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final FakeEdges edges = new FakeEdges();
    private final List<Event> events = new ArrayList<>();

    private DropWatch watch(Events to) {
        DropWatch watch = new DropWatch(to, system);
        watch.bind(edges);
        return watch;
    }

    @Test
    void saysHowManyRowsWereDroppedWhereAndWhyEachTimeMoreWere() {
        watch(events::add);
        system.advance(TICK);
        assertThat(events).isEmpty();
        edges.drop("boiler", "outbox:cloud", "queue-full", 7);
        edges.drop("boiler", "outbox:cloud", "stopped", 1);
        system.advance(TICK);
        assertThat(events)
                .containsExactly(
                        new Event(Kind.DROP, "boiler -> outbox:cloud", "queue-full", "rows dropped within 10 s", 7),
                        new Event(Kind.DROP, "boiler -> outbox:cloud", "stopped", "rows dropped within 10 s", 1));
        system.advance(TICK.multipliedBy(10));
        assertThat(events).hasSize(2);
        edges.drop("boiler", "outbox:cloud", "queue-full", 5);
        system.advance(TICK);
        assertThat(events).hasSize(3).last().extracting(Event::count).isEqualTo(5L);
    }

    @Test
    void aCounterThatBeganAnewIsReportedFromZero() {
        watch(events::add);
        edges.drop("a", "b", "error", 100);
        system.advance(TICK);
        edges.reset();
        edges.drop("a", "b", "error", 3);
        system.advance(TICK);
        assertThat(events).extracting(Event::count).containsExactly(100L, 3L);
    }

    @Test
    void aThousandEdgesThatDropAtOnceAreFiftyEventsAndOneForTheRest() {
        watch(events::add);
        for (int i = 1; i <= 1000; i++) {
            edges.drop("device-" + i, "rules", "queue-full", i);
        }
        system.advance(TICK);
        assertThat(events).hasSize(DropWatch.MOST + 1);
        assertThat(events.get(0).source()).isEqualTo("device-1000 -> rules");
        assertThat(events.get(DropWatch.MOST).source()).isEqualTo("others");
        assertThat(events.get(DropWatch.MOST).detail()).contains("950 more edges");
        assertThat(events)
                .extracting(Event::count)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(500_500));
    }

    @Test
    void aSourceThatLeftIsNotAskedAnyMore() {
        DropWatch watch = watch(events::add);
        watch.unbind(edges);
        edges.drop("a", "b", "error", 100);
        system.advance(TICK);
        assertThat(events).isEmpty();
    }

    /** Subscribers that drop every event must not make the watch talk to itself: it speaks once, and then only of what is new. */
    @Test
    void eventsThatAreDroppedThemselvesDoNotCauseEventsForEver() {
        MemoryStreamBus bus = new MemoryStreamBus(system);
        EventStream stream = new EventStream(bus, system, system);
        for (int i = 0; i < 20; i++) {
            bus.subscribe("deaf-" + i, List.of("*"), 100, OverflowPolicy.DROP_NEWEST, (name, row) -> {
                throw new IllegalStateException("deaf");
            });
        }
        DropWatch watch = watch(stream);
        watch.bind(bus);
        watch.bind(stream);
        for (int i = 0; i < 100; i++) {
            stream.raise(Event.of(Kind.UPLINK, "cloud", "OFFLINE", ""));
        }
        system.advance(TICK);
        long first = raised(stream) - 100;
        assertThat(first).as("one event for each of the edges").isEqualTo(20);
        system.advance(TICK.multipliedBy(100));
        assertThat(raised(stream)).as("none of the echoes").isEqualTo(120);

        // What is new is said again.
        edges.drop("boiler", "outbox:cloud", "queue-full", 7);
        system.advance(TICK.multipliedBy(100));
        assertThat(raised(stream)).isEqualTo(121);
        assertThat(stream.flows().get(0).imbalance()).isZero();
    }

    private static long raised(EventStream stream) {
        return stream.flows().get(0).in();
    }
}
