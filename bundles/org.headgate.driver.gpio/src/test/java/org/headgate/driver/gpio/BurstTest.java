package org.headgate.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.device.api.kit.RecordedReports;
import org.headgate.stream.api.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More edges than anybody can take. */
class BurstTest {
    private static final int BURST = 10_000;
    private static final Channel STATE = Bench.input("button", "GPIO17", Type.BOOLEAN);
    private static final Channel COUNT = Bench.input("parts", "GPIO17", Type.LONG, "mode=count", "edge=both");
    private static final Channel SPEED = Bench.input("speed", "GPIO17", Type.DOUBLE, "mode=frequency");
    private static final Channel LOST = Bench.input("lost", "GPIO17", Type.LONG, "mode=lost");

    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void everyEdgeIsReportedAndCountedOrCountedAsLost() throws Exception {
        RecordedReports reports = new RecordedReports();
        Random chance = new Random(7);
        try (Connection connection = bench.open(STATE, COUNT, LOST)) {
            connection.subscribe(List.of(STATE, COUNT, LOST), reports);
            int delivered = 0;
            for (int i = 0; i < BURST; i++) {
                if (chance.nextInt(10) == 0) {
                    bench.inputs.last().lose(1);
                } else {
                    bench.inputs.last().edge(i % 2 == 0, i);
                    delivered++;
                }
            }
            // What was lost at the end shows with the next edge only.
            bench.inputs.last().edge(true, BURST);
            assertThat(reports.count()).isEqualTo(1 + delivered + 1);
            RecordedReadings readings = Bench.read(connection, COUNT, LOST);
            assertThat(readings.values).containsEntry(0, delivered + 1L).containsEntry(1, (long) BURST - delivered);
        }
    }

    @Test
    void edgesLostBeforeTheFirstOneAreLostToo() throws Exception {
        try (Connection connection = bench.open(LOST)) {
            bench.inputs.last().lose(3);
            bench.inputs.last().edge(true, 1);
            assertThat(Bench.read(connection, LOST).values).containsEntry(0, 3L);
        }
    }

    @Test
    void whatWasCountedWhileEdgesWereLostIsUncertainOnce() throws Exception {
        try (Connection connection = bench.open(COUNT, SPEED)) {
            bench.inputs.last().edge(true, 1);
            bench.inputs.last().lose(1);
            bench.inputs.last().edge(true, 2);
            assertThat(Bench.read(connection, COUNT, SPEED).uncertain).containsOnlyKeys(0, 1);
            bench.inputs.last().edge(true, 3);
            assertThat(Bench.read(connection, COUNT, SPEED).uncertain).isEmpty();
        }
    }

    @Test
    void aLossIsAnEventAtOnceAndThenTogetherEveryTenSeconds() throws Exception {
        try (Connection connection = bench.open(STATE)) {
            connection.subscribe(List.of(STATE), new RecordedReports());
            for (int i = 0; i < 100; i++) {
                bench.inputs.last().lose(2);
                bench.inputs.last().edge(true, i);
                if (i == 0) {
                    bench.system.run();
                }
            }
            bench.system.advance(Duration.ofMillis(9_999));
            assertThat(bench.events)
                    .containsExactly(new Event(
                            Event.Kind.DROP,
                            "panel",
                            "kernel-buffer",
                            "edges of GPIO17 (gpiochip4 line 17) came faster than they were taken",
                            2));
            bench.system.advance(Duration.ofMillis(1));
            assertThat(bench.events).extracting(Event::count).containsExactly(2L, 198L);
            bench.system.advance(Duration.ofSeconds(30));
            assertThat(bench.events).hasSize(2);
            bench.inputs.last().lose(1);
            bench.inputs.last().edge(true, 1000);
            bench.system.run();
            assertThat(bench.events).hasSize(3);
            bench.inputs.last().lose(5);
            bench.inputs.last().edge(true, 1001);
        }
        // What was not told yet is, at the end.
        assertThat(bench.events).extracting(Event::count).containsExactly(2L, 198L, 1L, 5L);
    }

    @Test
    void anEdgeAllocatesNothing() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        try (Connection connection = bench.open(STATE, COUNT, SPEED)) {
            connection.subscribe(List.of(STATE, COUNT, SPEED), new Summing());
            EdgeInput input = bench.inputs.last();
            long before = 0;
            for (int i = 0; i < 2 * BURST; i++) {
                if (i == BURST) {
                    before = threads.getThreadAllocatedBytes(self);
                }
                input.edge(i % 2 == 0, i);
            }
            // What JIT and the measuring itself need is far below a byte an edge.
            assertThat(threads.getThreadAllocatedBytes(self) - before).isLessThan(BURST);
        }
    }

    /** Takes reports without keeping them. */
    private static final class Summing implements Reports, Readings {
        private long sum;

        @Override
        public void report(Consumer<Readings> values) {
            values.accept(this);
        }

        @Override
        public void failed(IOException why) {
            throw new AssertionError(why);
        }

        @Override
        public void set(int index, boolean value) {
            sum += value ? 1 : 0;
        }

        @Override
        public void set(int index, long value) {
            sum += value;
        }

        @Override
        public void set(int index, double value) {
            sum += (long) value;
        }

        @Override
        public void set(int index, Object value) {
            throw new AssertionError("boxed");
        }

        @Override
        public void uncertain(int index, String why) {
            sum++;
        }

        @Override
        public void bad(int index, String why) {
            sum++;
        }

        @Override
        public void time(long epochNanos) {
            sum += epochNanos;
        }
    }
}
