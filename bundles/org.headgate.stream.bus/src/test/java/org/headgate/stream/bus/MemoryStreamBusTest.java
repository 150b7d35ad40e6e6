package org.headgate.stream.bus;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceConfigurationError;
import java.util.stream.LongStream;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class MemoryStreamBusTest {
    private static final Schema SCHEMA = Schema.of(Column.of("n", Type.LONG));

    private final SimulatedSystem system = new SimulatedSystem(7);
    private final MemoryStreamBus bus = new MemoryStreamBus(system);
    private final List<Long> seen = new ArrayList<>();

    @Test
    void anExclamationMarkTakesStreamsOutAgain() {
        StreamNames names = new StreamNames(List.of("*", "!alarm-*"));
        assertThat(names.contain("boiler")).isTrue();
        assertThat(names.contain("alarm-hot")).isFalse();
        assertThat(new StreamNames(List.of("!boiler")).contain("pump")).isFalse();
    }

    @Test
    void deliversInOrderWithoutEverCallingTheSubscriberFromPublish() {
        subscribe(List.of("boiler"), 10_000, OverflowPolicy.DROP_OLDEST);
        Publisher boiler = bus.publisher("boiler");
        publish(boiler, 0, 1000);
        assertThat(seen).isEmpty();
        assertThat(edge("boiler").queued()).isEqualTo(1000);
        system.run();
        assertThat(seen)
                .containsExactlyElementsOf(LongStream.range(0, 1000).boxed().toList());
        assertThat(edge("boiler").passed()).isEqualTo(1000);
        assertThat(bus.last("boiler").orElseThrow().asLong(0)).isEqualTo(999);
    }

    @Test
    void aPatternTakesStreamsThatAppearLater() {
        subscribe(List.of("alarm-*", "boiler"), 10, OverflowPolicy.DROP_OLDEST);
        publish(bus.publisher("alarm-door"), 1, 2);
        publish(bus.publisher("boiler"), 2, 3);
        publish(bus.publisher("boiler-room"), 3, 4);
        system.run();
        assertThat(seen).containsExactly(1L, 2L);
        assertThat(bus.streams()).containsExactly("alarm-door", "boiler", "boiler-room");
    }

    @Test
    void aFullQueueDropsTheOldestOrTheNewestAndCountsIt() {
        subscribe(List.of("a"), 3, OverflowPolicy.DROP_OLDEST);
        publish(bus.publisher("a"), 0, 5);
        system.run();
        assertThat(seen).containsExactly(2L, 3L, 4L);
        assertThat(edge("a").dropped()).containsOnly(entry("queue-full", 2L));
        seen.clear();
        subscribe(List.of("b"), 3, OverflowPolicy.DROP_NEWEST);
        publish(bus.publisher("b"), 0, 5);
        system.run();
        assertThat(seen).containsExactly(0L, 1L, 2L);
        assertThat(edge("b").dropped()).containsOnly(entry("queue-full", 2L));
    }

    @Test
    void aStreamHasOneProducer() {
        Publisher first = bus.publisher("boiler");
        assertThatThrownBy(() -> bus.publisher("boiler")).hasMessage("stream boiler has a producer already");
        publish(first, 0, 1);
        first.close();
        assertThat(bus.last("boiler")).isEmpty();
        Publisher second = bus.publisher("boiler");
        publish(first, 1, 2);
        assertThat(bus.last("boiler"))
                .as("a producer that has left is not heard")
                .isEmpty();
        publish(second, 2, 3);
        assertThat(bus.last("boiler")).isPresent();
    }

    @Test
    void aConsumerThatThrowsLosesThatRowOnlyAndItIsCounted() {
        bus.subscribe("test", List.of("a"), 10, OverflowPolicy.DROP_OLDEST, (stream, row) -> {
            if (row.asLong(0) == 1) {
                throw new IllegalStateException("on purpose");
            }
            seen.add(row.asLong(0));
        });
        publish(bus.publisher("a"), 0, 3);
        system.run();
        assertThat(seen).containsExactly(0L, 2L);
        assertThat(edge("a").dropped()).containsOnly(entry("error", 1L));
        assertThat(edge("a").imbalance()).isZero();
    }

    /** An error that left the drain would be the end of the subscription, and nobody would see why. */
    @Test
    void aConsumerThatEndsWithAnErrorOfAnyKindGoesOn() {
        bus.subscribe("test", List.of("a"), 10, OverflowPolicy.DROP_OLDEST, new RowConsumer() {
            @Override
            public void row(String stream, Row row) {
                if (row.asLong(0) == 1) {
                    throw new ServiceConfigurationError("on purpose");
                }
                seen.add(row.asLong(0));
            }

            @Override
            public void pause() {
                throw new AssertionError("on purpose");
            }
        });
        Publisher a = bus.publisher("a");
        publish(a, 0, 3);
        system.run();
        publish(a, 3, 4);
        system.run();
        assertThat(seen).containsExactly(0L, 2L, 3L);
        assertThat(edge("a").dropped()).containsOnly(entry("error", 1L));
        assertThat(edge("a").imbalance()).isZero();
    }

    @Test
    void countersGoOnWhenTheSameSubscriberComesBack() {
        Publisher a = bus.publisher("a");
        Subscription first = subscribe(List.of("a"), 10, OverflowPolicy.DROP_OLDEST);
        publish(a, 0, 4);
        first.close();
        subscribe(List.of("a"), 10, OverflowPolicy.DROP_OLDEST);
        publish(a, 4, 6);
        system.run();
        FlowSnapshot edge = edge("a");
        assertThat(edge.in()).isEqualTo(6);
        assertThat(edge.passed()).isEqualTo(2);
        assertThat(edge.dropped()).containsOnly(entry("stopped", 4L));
    }

    /** An uplink whose file is edited is made anew: what is published in between must not vanish. */
    @Test
    void aSuccessorGetsWhatWaitedAndWhatCameInBetweenInOrder() {
        Publisher a = bus.publisher("a");
        Publisher b = bus.publisher("b");
        Subscription first = subscribe(List.of("a", "b"), 10, OverflowPolicy.DROP_OLDEST);
        publish(a, 0, 2);
        publish(b, 50, 51);
        first.handOver(Duration.ofSeconds(2));
        publish(a, 2, 4);
        system.advance(Duration.ofSeconds(1));
        assertThat(seen).isEmpty();
        assertThat(edge("a").queued()).isEqualTo(4);
        subscribe(List.of("a"), 10, OverflowPolicy.DROP_OLDEST);
        publish(a, 4, 5);
        system.advance(Duration.ofSeconds(5));
        assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(edge("a").passed()).isEqualTo(5);
        assertThat(edge("b").dropped())
                .as("a stream that the successor does not want")
                .containsOnly(entry("stopped", 1L));
        publish(b, 51, 52);
        assertThat(edge("b").in()).isEqualTo(1);
        assertThat(bus.flows()).allMatch(flow -> flow.imbalance() == 0);
    }

    @Test
    void withoutASuccessorEverythingIsCountedAsStopped() {
        Publisher a = bus.publisher("a");
        subscribe(List.of("a"), 10, OverflowPolicy.DROP_OLDEST).handOver(Duration.ofSeconds(2));
        publish(a, 0, 3);
        system.advance(Duration.ofSeconds(3));
        publish(a, 3, 4);
        assertThat(seen).isEmpty();
        assertThat(edge("a").in()).isEqualTo(3);
        assertThat(edge("a").dropped()).containsOnly(entry("stopped", 3L));
    }

    /** Whatever happens in whatever order, every row is accounted for at every instant. */
    @Test
    void conservesRowsUnderRandomUse() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Publisher[] publishers = {bus.publisher("s" + seed + "-a"), bus.publisher("s" + seed + "-b")};
            List<Subscription> open = new ArrayList<>();
            for (int step = 0; step < 200; step++) {
                switch (random.nextInt(6)) {
                    case 0 ->
                        open.add(bus.subscribe(
                                "test" + random.nextInt(3),
                                List.of("s" + seed + "-*"),
                                1 + random.nextInt(20),
                                OverflowPolicy.values()[random.nextInt(2)],
                                (stream, row) -> {
                                    if (random.nextInt(20) == 0) {
                                        throw new IllegalArgumentException("now and then");
                                    }
                                }));
                    case 1 -> {
                        if (!open.isEmpty()) {
                            Subscription one = open.remove(random.nextInt(open.size()));
                            if (random.nextBoolean()) {
                                one.close();
                            } else {
                                one.handOver(Duration.ofMillis(random.nextInt(50)));
                            }
                        }
                    }
                    case 2 -> system.advance(Duration.ofMillis(random.nextInt(20)));
                    default -> publish(publishers[random.nextInt(2)], 0, random.nextInt(30));
                }
                assertThat(bus.flows()).allMatch(flow -> flow.imbalance() == 0);
            }
            open.forEach(Subscription::close);
        }
    }

    private Subscription subscribe(List<String> streams, int capacity, OverflowPolicy policy) {
        return bus.subscribe("test", streams, capacity, policy, (stream, row) -> seen.add(row.asLong(0)));
    }

    private FlowSnapshot edge(String stream) {
        return bus.flows().stream()
                .filter(flow -> flow.from().equals(stream))
                .findFirst()
                .orElseThrow();
    }

    private static void publish(Publisher publisher, int from, int to) {
        for (int n = from; n < to; n++) {
            publisher.publish(Row.builder(SCHEMA).set(0, (long) n).build(n, ClockState.SYNCED));
        }
    }
}
