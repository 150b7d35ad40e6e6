package org.headgate.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.Event.Kind;
import org.headgate.stream.api.Events;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.bus.MemoryStreamBus;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final MemoryStreamBus bus = new MemoryStreamBus(system);
    private final EventStream stream = new EventStream(bus, system, system);
    private final List<Row> rows = new ArrayList<>();

    @Test
    void anEventIsARowOfTheTimeAtWhichItHappened() {
        listen();
        stream.raise(new Event(Kind.DROP, "a -> b", "queue-full", "why", 7));
        long then = system.epochNanos();
        system.step(Duration.ofSeconds(5));
        system.run();
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.schema().columns())
                    .extracting(column -> column.name() + " " + column.type())
                    .containsExactly("kind STRING", "source STRING", "state STRING", "detail STRING", "count LONG");
            assertThat(row.timeNanos()).isEqualTo(then);
            assertThat(row.clock()).isEqualTo(ClockState.SYNCED);
            assertThat(row.object(0)).isEqualTo("DROP");
            assertThat(row.object(1)).isEqualTo("a -> b");
            assertThat(row.object(2)).isEqualTo("queue-full");
            assertThat(row.object(3)).isEqualTo("why");
            assertThat(row.object(4)).isEqualTo(7L);
        });
    }

    @Test
    void theStreamIsTakenFromTheStartAndGivenBackAtTheEnd() {
        assertThat(bus.streams()).containsExactly(Events.STREAM);
        assertThatThrownBy(() -> bus.publisher(Events.STREAM)).isInstanceOf(IllegalStateException.class);
        stream.raise(event(1));
        stream.stop();
        assertThat(bus.streams()).isEmpty();
        stream.raise(event(2));
        system.run();
        assertThat(flow().dropped()).containsEntry("stopped", 2L);
        assertThat(flow().imbalance()).isZero();
    }

    @Test
    void beyondAThousandThatWaitEventsAreDroppedAndCounted() {
        listen();
        for (int i = 0; i < EventStream.MOST_WAITING + 30; i++) {
            stream.raise(event(i));
        }
        assertThat(flow().queued()).isEqualTo(EventStream.MOST_WAITING);
        assertThat(flow().dropped()).containsEntry("queue-full", 30L);
        assertThat(flow().imbalance()).isZero();
        system.run();
        assertThat(rows).hasSize(EventStream.MOST_WAITING);
        assertThat(rows).extracting(row -> row.asLong(4)).isSorted();
        assertThat(flow().queued()).isZero();
        assertThat(flow().emitted()).isEqualTo(EventStream.MOST_WAITING);
        stream.raise(event(0));
        system.run();
        assertThat(rows).hasSize(EventStream.MOST_WAITING + 1);
    }

    /** A subscriber of events may raise one: nothing locks up, nothing overtakes. */
    @Test
    void aSubscriberMayRaiseEventsItself() {
        bus.subscribe("echo", List.of(Events.STREAM), 10, OverflowPolicy.DROP_NEWEST, (name, row) -> {
            if (row.asLong(4) > 1) {
                stream.raise(event(row.asLong(4) - 1));
            }
        });
        listen();
        stream.raise(event(5));
        system.run();
        assertThat(rows).extracting(row -> row.asLong(4)).containsExactly(5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void whoeverRaisesFromWhateverThreadIsCountedExactly() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CountDownLatch go = new CountDownLatch(1);
            for (int i = 0; i < 4; i++) {
                threads.execute(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException ended) {
                        return;
                    }
                    for (int n = 0; n < 1000; n++) {
                        synchronized (system) {
                            stream.raise(event(n));
                        }
                        if (n % 10 == 0) {
                            assertThat(flow().imbalance()).isZero();
                        }
                    }
                });
            }
            go.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.shutdownNow();
        }
        system.run();
        assertThat(flow().in()).isEqualTo(4000);
        assertThat(flow().imbalance()).isZero();
    }

    @Test
    void theClockIsSpokenOfWhenItIsNotSetAndWhenItHasBeen() {
        listen();
        new ClockWatch(stream, system, system);
        system.advance(Duration.ofMinutes(1));
        assertThat(rows).isEmpty();
        system.clockSet(false);
        system.advance(Duration.ofMinutes(1));
        system.clockSet(true);
        system.advance(Duration.ofMinutes(1));
        assertThat(rows)
                .extracting(row -> row.object(0) + " " + row.object(2))
                .containsExactly("CLOCK UNSET", "CLOCK SYNCED");
    }

    private void listen() {
        bus.subscribe("test", List.of("gateway-*"), 10_000, OverflowPolicy.DROP_NEWEST, (name, row) -> rows.add(row));
    }

    private FlowSnapshot flow() {
        return stream.flows().get(0);
    }

    private static Event event(long count) {
        return new Event(Kind.DEVICE, "boiler", "ONLINE", "", count);
    }
}
