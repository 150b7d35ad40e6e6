package org.headgate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.driver.gpio.GpioDriver;
import org.headgate.pi4j.LabContext;
import org.headgate.stream.api.Event;
import org.headgate.system.jvm.SharedLoops;
import org.headgate.system.jvm.SystemClock;
import org.headgate.system.jvm.ThreadCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The driver for GPIO on a real character device. */
class GpioLab {
    private static final long SECOND = 1_000_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SharedLoops LOOPS = new SharedLoops();
    private static final ThreadCalls CALLS = new ThreadCalls(LOOPS);
    private static final SystemClock CLOCK = new SystemClock(LOOPS, CALLS);

    private final SimulatedPins pins = new SimulatedPins();
    private final LabContext pi4j = new LabContext();
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final GpioDriver driver = new GpioDriver(pi4j.context(), CLOCK, LOOPS, CALLS, events::add);
    private final Seen seen = new Seen();

    @AfterEach
    void stop() {
        pi4j.close();
    }

    private static Channel channel(String name, String source, Type type, Access access, Map<String, String> options) {
        return new Channel(name, source, type, "", access, options);
    }

    private static Channel input(String source, Map<String, String> options) {
        return channel("button", source, Type.BOOLEAN, Access.READ, options);
    }

    private static Channel output(String source, Map<String, String> options) {
        return channel("lamp", source, Type.BOOLEAN, Access.READ_WRITE, options);
    }

    private Connection open(String address, Channel... channels) throws Exception {
        return driver.open(new DeviceSettings("panel", address, Duration.ofSeconds(2), List.of(channels), Map.of()));
    }

    private static RecordedReadings read(Connection connection, Channel... channels) throws IOException {
        RecordedReadings readings = new RecordedReadings();
        connection.read(List.of(channels), readings);
        return readings;
    }

    private static long number(Connection connection, Channel channel) throws IOException {
        return (long) read(connection, channel).number(0);
    }

    /** As on a Pi 5, where gpiochip4 is a link. */
    @Test
    void anotherNameOfTheChipIsAnAddress() throws Exception {
        Path link = Path.of("/dev/gpiochip77");
        Files.createSymbolicLink(link, Path.of(pins.chip()));
        try {
            pins.pull(14, true);
            Channel button = input("14", Map.of());
            try (Connection connection = open("gpiochip77", button)) {
                assertThat(read(connection, button).values).containsEntry(0, true);
            }
        } finally {
            Files.delete(link);
            pins.pull(14, false);
        }
    }

    @Test
    void findsTheChipAndItsLines() throws Exception {
        List<Discovered> found = new ArrayList<>();
        driver.discovery()
                .orElseThrow()
                .search(new DeviceSettings("x", "", Duration.ofSeconds(2), List.of(), Map.of()), found::add);
        assertThat(found).extracting(Discovered::address).containsExactly("pinctrl-gwsim");
        assertThat(found.get(0).points()).hasSize(54);
        assertThat(found.get(0).points().get(4).text()).isEqualTo("GPIO4 bool");
    }

    @Test
    void readsALineByNameAndByOffset() throws Exception {
        Channel byName = input("GPIO4", Map.of());
        Channel byOffset = channel("again", "4", Type.BOOLEAN, Access.READ, Map.of());
        try (Connection connection = open("auto", byName, byOffset)) {
            for (boolean level : new boolean[] {true, false, true}) {
                pins.pull(4, level);
                assertThat(read(connection, byName, byOffset).values)
                        .containsEntry(0, level)
                        .containsEntry(1, level);
            }
        }
    }

    @Test
    void lowIsActiveWhereTheChannelSaysSo() throws Exception {
        pins.pull(21, true);
        Channel button = input("21", Map.of("active", "low"));
        try (Connection connection = open("pinctrl-gwsim", button)) {
            connection.subscribe(List.of(button), seen);
            pins.pull(21, false);
            await().atMost(PATIENCE).until(() -> seen.rows.size() == 2);
            assertThat(seen.values()).containsExactly(false, true);
            assertThat(read(connection, button).values).containsEntry(0, true);
        }
    }

    @Test
    void edgesHaveTheTimeAtWhichTheyHappened() throws Exception {
        pins.pull(22, false);
        Channel button = input("22", Map.of());
        try (Connection connection = open("auto", button)) {
            connection.subscribe(List.of(button), seen);
            List<Long> marks = new ArrayList<>();
            marks.add(CLOCK.epochNanos());
            for (int i = 0; i < 10; i++) {
                pins.pull(22, i % 2 == 0);
                marks.add(CLOCK.epochNanos());
            }
            await().atMost(PATIENCE).until(() -> seen.rows.size() == 11);
            List<RecordedReadings> edges = List.copyOf(seen.rows).subList(1, 11);
            for (int i = 0; i < edges.size(); i++) {
                assertThat(edges.get(i).values).containsEntry(0, i % 2 == 0);
                // A guest whose machine has other things to do sees its clock jump.
                assertThat(edges.get(i).time).isBetween(marks.get(i) - SECOND, marks.get(i + 1) + SECOND);
            }
            assertThat(edges).extracting(edge -> edge.time).isSorted();
        }
    }

    @Test
    void theKernelTakesBouncesAway() throws Exception {
        pins.pull(24, false);
        Channel count = channel(
                "count", "24", Type.LONG, Access.READ, Map.of("mode", "count", "edge", "both", "debounce", "3s"));
        try (Connection connection = open("auto", count)) {
            for (int i = 0; i < 21; i++) {
                pins.pull(24, i % 2 == 0);
            }
            await().atMost(PATIENCE).until(() -> number(connection, count) > 0);
            assertThat(number(connection, count)).isEqualTo(1);
        }
    }

    @Test
    void anOutputKeepsItsLevelUntilItIsWritten() throws Exception {
        for (boolean level : new boolean[] {true, false}) {
            pins.pull(25, level);
            Channel lamp = output("25", Map.of());
            try (Connection connection = open("auto", lamp)) {
                assertThat(pins.value(25)).isEqualTo(level);
                assertThat(read(connection, lamp).values).containsEntry(0, level);
                connection.write(lamp, !level);
                assertThat(pins.value(25)).isEqualTo(!level);
                assertThat(read(connection, lamp).values).containsEntry(0, !level);
            }
        }
    }

    @Test
    void aPulseEndsByItselfAndWhenTheDeviceIsClosed() throws Exception {
        pins.pull(26, false);
        Channel bell = output("26", Map.of("pulse", "100ms"));
        try (Connection connection = open("auto", bell)) {
            connection.write(bell, true);
            await().atMost(PATIENCE).until(() -> !pins.value(26));
        }
        Channel horn = output("26", Map.of("pulse", "1h"));
        Connection connection = open("auto", horn);
        connection.write(horn, true);
        assertThat(pins.value(26)).isTrue();
        connection.close();
        assertThat(pins.value(26)).isFalse();
    }

    /** As a gateway leaves it that is killed while the bell rings. */
    @Test
    void aPulseThatNobodyEndedEndsWhenTheDeviceIsOpened() throws Exception {
        pins.pull(30, true);
        Channel bell = output("30", Map.of("pulse", "1h"));
        try (Connection connection = open("auto", bell)) {
            assertThat(pins.value(30)).isFalse();
            assertThat(read(connection, bell).values).containsEntry(0, false);
        }
        pins.pull(30, false);
        Channel inverted = output("30", Map.of("pulse", "1h", "active", "low"));
        try (Connection connection = open("auto", inverted)) {
            assertThat(pins.value(30)).isTrue();
            assertThat(read(connection, inverted).values).containsEntry(0, false);
        }
    }

    @Test
    void aLineInUseNamesItsUser() throws Exception {
        Channel button = input("GPIO4", Map.of());
        try (Connection first = open("auto", button)) {
            assertThatThrownBy(() -> open("auto", button))
                    .isInstanceOf(IOException.class)
                    .hasMessage("GPIO4 is used by headgate panel (" + pins.chip() + " line 4)");
            assertThat(read(first, button).bad).isEmpty();
        }
        // The kernel lets go of the line when the call that waits for its edges has returned.
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> open("auto", button).close());
    }

    @Test
    void aContactRaisesItsEvent() throws Exception {
        pins.pull(27, false);
        Channel cover = input("27", Map.of("event", "tamper"));
        try (Connection connection = open("auto", cover)) {
            assertThat(read(connection, cover).values).containsEntry(0, false);
            pins.pull(27, true);
            await().atMost(PATIENCE).until(() -> !events.isEmpty());
            assertThat(events.peek().kind()).isEqualTo(Event.Kind.TAMPER);
            assertThat(events.peek().state()).isEqualTo("tamper");
        }
    }

    @Test
    void aChipThatGoesEndsTheConnectionAndWorksAgainWhenItIsBack() throws Exception {
        Channel button = input("28", Map.of());
        try (Connection connection = open("auto", button)) {
            connection.subscribe(List.of(button), seen);
            pins.plugged(false);
            await().atMost(PATIENCE).until(() -> !seen.failures.isEmpty());
            assertThatThrownBy(() -> read(connection, button)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> open("pinctrl-gwsim", button)).isInstanceOf(IOException.class);
        } finally {
            pins.plugged(true);
        }
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            try (Connection connection = open("pinctrl-gwsim", button)) {
                pins.pull(28, true);
                return read(connection, button).values.containsValue(true);
            }
        });
    }
}
