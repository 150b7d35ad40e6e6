package org.headgate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.headgate.lab.LabDevice.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.driver.gpio.GpioDriver;
import org.headgate.pi4j.LabContext;
import org.headgate.stream.api.Event;
import org.headgate.system.jvm.SharedLoops;
import org.headgate.system.jvm.SystemClock;
import org.headgate.system.jvm.ThreadCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** As many edges as the simulator makes, on a real character device. */
class BurstLab {
    private static final int BURST = 10_000;
    /** As many as the kernel keeps for a line. */
    private static final int KEPT = 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SharedLoops LOOPS = new SharedLoops();
    private static final ThreadCalls CALLS = new ThreadCalls(LOOPS);
    private static final Channel BUTTON = channel("button", "23", Type.BOOLEAN, Map.of());
    private static final Channel COUNT = channel("count", "23", Type.LONG, Map.of("mode", "count", "edge", "both"));
    private static final Channel LOST = channel("lost", "23", Type.LONG, Map.of("mode", "lost"));

    private final SimulatedPins pins = new SimulatedPins();
    private final LabContext pi4j = new LabContext();
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final GpioDriver driver =
            new GpioDriver(pi4j.context(), new SystemClock(LOOPS, CALLS), LOOPS, CALLS, events::add);
    private final Seen seen = new Seen();

    @AfterEach
    void stop() {
        pi4j.close();
    }

    private static Channel channel(String name, String source, Type type, Map<String, String> options) {
        return new Channel(name, source, type, "", Access.READ, options);
    }

    private static long number(Connection connection, Channel channel) throws IOException {
        return (long) LabDevice.read(connection, channel).get(0);
    }

    @Test
    void everyEdgeIsReportedAndCountedOrCountedAsLost() throws Exception {
        pins.pull(23, false);
        try (Connection connection = driver.open(settings("auto", Map.of(), BUTTON, COUNT, LOST))) {
            connection.subscribe(List.of(BUTTON, COUNT, LOST), seen);
            burst();
            awaitAll(connection);
        }
        assertThat(told()).isEqualTo(BURST - (seen.rows.size() - 1));
    }

    /** One thread takes the edges of all lines: held up at another one, it leaves those of this line in the kernel. */
    @Test
    void whatTheKernelHasNoRoomForIsCountedAsLost() throws Exception {
        pins.pull(23, false);
        pins.pull(29, false);
        Channel other = channel("other", "29", Type.BOOLEAN, Map.of());
        Held held = new Held();
        try (Connection connection = driver.open(settings("auto", Map.of(), BUTTON, COUNT, LOST));
                Connection holding = driver.open(settings("auto", Map.of(), other))) {
            connection.subscribe(List.of(BUTTON, COUNT, LOST), seen);
            holding.subscribe(List.of(other), held);
            try {
                pins.pull(29, true);
                assertThat(held.reached.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                burst();
                assertThat(number(connection, COUNT)).isZero();
            } finally {
                held.goOn.countDown();
            }
            awaitAll(connection);
            assertThat(number(connection, COUNT)).isEqualTo(KEPT);
            assertThat(number(connection, LOST)).isEqualTo(BURST - KEPT);
            assertThat(LabDevice.read(connection, BUTTON)).containsEntry(0, false);
            await().atMost(PATIENCE).until(() -> told() == BURST - KEPT);
        }
        assertThat(events).extracting(Event::kind).containsOnly(Event.Kind.DROP);
    }

    private void awaitAll(Connection connection) throws IOException {
        await().atMost(PATIENCE).until(() -> number(connection, COUNT) + number(connection, LOST) == BURST);
        assertThat(seen.rows).hasSize((int) (1 + number(connection, COUNT)));
    }

    private long told() {
        return events.stream().mapToLong(Event::count).sum();
    }

    /** As fast as the simulator takes them. */
    private void burst() throws IOException {
        Path pull = Path.of("/sys/devices/platform/gpio-sim.0", pins.chip(), "sim_gpio23", "pull");
        ByteBuffer up = ByteBuffer.wrap("pull-up".getBytes(StandardCharsets.US_ASCII));
        ByteBuffer down = ByteBuffer.wrap("pull-down".getBytes(StandardCharsets.US_ASCII));
        try (FileChannel file = FileChannel.open(pull, StandardOpenOption.WRITE)) {
            for (int i = 0; i < BURST; i++) {
                file.write((i % 2 == 0 ? up : down).rewind(), 0);
            }
        }
    }

    /** Does not return from the first edge before it may. */
    private static final class Held implements Reports {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        private boolean begun;

        @Override
        public void report(Consumer<Readings> values) {
            if (!begun) {
                // The level, from who subscribes.
                begun = true;
                return;
            }
            reached.countDown();
            try {
                goOn.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void failed(IOException why) {
            throw new AssertionError(why);
        }
    }
}
