package org.headgate.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.device.api.kit.RecordedReports;
import org.headgate.pi4j.Pins;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InputTest {
    private static final Channel STATE = Bench.input("button", "GPIO17", Type.BOOLEAN);
    private static final Channel COUNT = Bench.input("parts", "17", Type.LONG, "mode=count");
    private static final Channel SPEED = Bench.input("speed", "GPIO17", Type.DOUBLE, "mode=frequency");

    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void allChannelsOfALineShareOneInputWithTheWiringOfAllOfThem() throws Exception {
        Channel wired = Bench.input("button", "GPIO17", Type.BOOLEAN, "bias=up", "active=low");
        Channel debounced = Bench.input("parts", "17", Type.LONG, "mode=count", "debounce=5ms", "bias=up");
        try (Connection connection = bench.open(wired, debounced)) {
            assertThat(bench.inputs.made).hasSize(1);
            DigitalInputConfig config = bench.inputs.last().config();
            assertThat(config.address()).isEqualTo(17);
            assertThat(config.pull()).isEqualTo(PullResistance.PULL_UP);
            assertThat(config.debounce()).isEqualTo(5000);
            assertThat(config.name()).isEqualTo("panel");
            assertThat(config.properties())
                    .containsEntry(Pins.CHIP, "gpiochip4")
                    .containsEntry(Pins.ACTIVE_LOW, "true")
                    .containsEntry(Pins.BIAS, "up");
            assertThat(Bench.read(connection, wired, debounced).values)
                    .containsEntry(0, false)
                    .containsEntry(1, 0L);
        }
        assertThat(bench.inputs.open()).isZero();
    }

    /** Pi4J's own default delays each edge by 10 ms. */
    @Test
    void nothingIsDebouncedOrInvertedWithoutBeingAskedFor() throws Exception {
        bench.open(STATE).close();
        DigitalInputConfig config = bench.inputs.last().config();
        assertThat(config.debounce()).isZero();
        assertThat(config.pull()).isEqualTo(PullResistance.OFF);
        assertThat(config.properties()).doesNotContainKeys(Pins.ACTIVE_LOW, Pins.BIAS);
    }

    @Test
    void readsTheLevelTheCountAndTheFrequency() throws Exception {
        try (Connection connection = bench.open(STATE, COUNT, SPEED)) {
            bench.inputs.high = true;
            for (int i = 1; i <= 10; i++) {
                bench.inputs.last().edge(true, i * 100_000_000L);
                bench.inputs.last().edge(false, i * 100_000_000L + 7);
            }
            bench.system.advance(Duration.ofSeconds(1));
            assertThat(Bench.read(connection, STATE, COUNT, SPEED).values)
                    .containsEntry(0, true)
                    .containsEntry(1, 10L)
                    .containsEntry(2, 10.0);
            bench.system.advance(Duration.ofSeconds(1));
            assertThat(Bench.read(connection, SPEED, COUNT).values)
                    .containsEntry(0, 0.0)
                    .containsEntry(1, 10L);
        }
    }

    @Test
    void theCountBeginsAnewWithEachOpening() throws Exception {
        Connection first = bench.open(COUNT);
        bench.inputs.last().edge(true, 1);
        first.close();
        try (Connection second = bench.open(COUNT)) {
            assertThat(Bench.read(second, COUNT).values).containsEntry(0, 0L);
        }
    }

    @Test
    void reportsTheLevelAtOnceThenEachEdgeWithTheKernelsTime() throws Exception {
        bench.system.advance(Duration.ofSeconds(10));
        bench.inputs.high = true;
        RecordedReports reports = new RecordedReports();
        try (Connection connection = bench.open(COUNT, STATE)) {
            assertThat(connection.subscribe(List.of(COUNT, STATE), reports)).containsExactly(STATE);
            assertThat(reports.last().values).containsOnlyKeys(1).containsEntry(1, true);
            assertThat(reports.last().time).isEqualTo(SimulatedSystem.START_NANOS + 10_000_000_000L);
            bench.system.step(Duration.ofHours(1));
            bench.inputs.last().edge(false, 9_999_000_000L);
            assertThat(reports.last().values).containsOnlyKeys(1).containsEntry(1, false);
            assertThat(reports.last().time)
                    .isEqualTo(SimulatedSystem.START_NANOS
                            + 9_999_000_000L
                            + Duration.ofHours(1).toNanos());
            bench.inputs.last().edge(true, 9_999_500_000L);
            assertThat(reports.last().values).containsEntry(1, true);
            assertThat(reports.count()).isEqualTo(3);
        }
    }

    @Test
    void anEdgeBetweenTheLevelAndItsReportIsNotTakenBackByIt() throws Exception {
        RecordedReports reports = new RecordedReports();
        try (Connection connection = bench.open(STATE)) {
            bench.inputs.meanwhile = () -> bench.inputs.last().edge(true, 1);
            connection.subscribe(List.of(STATE), reports);
            assertThat(reports.count()).isEqualTo(1);
            assertThat(reports.last().values).containsEntry(0, true);
        }
    }

    @Test
    void everyStateChannelOfALineIsInItsRowsAndThoseOfOtherLinesAreNot() throws Exception {
        Channel again = Bench.input("again", "17", Type.LONG);
        Channel other = Bench.input("other", "18", Type.BOOLEAN);
        RecordedReports reports = new RecordedReports();
        try (Connection connection = bench.open(STATE, other, again)) {
            assertThat(connection.subscribe(List.of(STATE, other, again), reports))
                    .containsExactlyInAnyOrder(STATE, other, again);
            bench.inputs.made.get(0).edge(true, 1);
            assertThat(reports.last().values).containsOnlyKeys(0, 2).containsValues(true, true);
            bench.inputs.made.get(1).edge(true, 2);
            assertThat(reports.last().values).containsOnlyKeys(1);
        }
    }

    @Test
    void nothingIsReportedAfterTheEnd() throws Exception {
        RecordedReports reports = new RecordedReports();
        Connection connection = bench.open(STATE);
        connection.subscribe(List.of(STATE), reports);
        connection.close();
        bench.inputs.last().edge(true, 1);
        bench.inputs.last().fail(new IOException("gone"));
        assertThat(reports.count()).isEqualTo(1);
    }

    @Test
    void whenTheChipIsGoneTheDeviceIsToldAndNoReadWorks() throws Exception {
        FailingReports reports = new FailingReports();
        try (Connection connection = bench.open(STATE, COUNT)) {
            connection.subscribe(List.of(STATE, COUNT), reports);
            bench.inputs.last().fail(new IOException("gpiochip4 is gone"));
            bench.inputs.last().fail(new IOException("again"));
            assertThat(reports.failures).containsExactly("gpiochip4 is gone");
            assertThatThrownBy(() -> Bench.read(connection, COUNT))
                    .isInstanceOf(IOException.class)
                    .hasMessage("gpiochip4 is gone");
        }
        assertThat(bench.inputs.open()).isZero();
    }

    /** Before 6.6 the kernel wakes nobody who waits for edges of a chip that is unplugged. */
    @Test
    void aChipThatGoesWithoutAWordIsNoticedWithinFiveSeconds() throws Exception {
        FailingReports reports = new FailingReports();
        try (Connection connection = bench.open(STATE)) {
            connection.subscribe(List.of(STATE), reports);
            bench.system.advance(Duration.ofSeconds(60));
            assertThat(reports.failures).isEmpty();
            bench.inputs.refusesLines = "gone";
            bench.system.advance(Duration.ofSeconds(5));
            assertThat(reports.failures).containsExactly("gpiochip4 is gone");
            bench.system.advance(Duration.ofSeconds(60));
            assertThat(reports.failures).hasSize(1);
        }
    }

    /** A thread that hangs in the kernel is one that no other driver has: not one more with each probe. */
    @Test
    void aChipThatHangsIsProbedOnceAndTheConnectionEnds() throws Exception {
        FailingReports reports = new FailingReports();
        try (Connection connection = bench.open(STATE)) {
            connection.subscribe(List.of(STATE), reports);
            bench.inputs.meanwhile = () -> {
                throw new SimulatedSystem.Hang();
            };
            bench.system.advance(Duration.ofMinutes(10));
            assertThat(bench.system.stuck("device:panel")).isEqualTo(1);
            assertThat(reports.failures).containsExactly("the chip of auto: no answer");
            assertThatThrownBy(() -> Bench.read(connection, STATE)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aCountOfAChipThatIsGoneIsNotReadOnAsIfNothingMoved() throws Exception {
        try (Connection connection = bench.open(COUNT)) {
            bench.inputs.refusesLines = "gone";
            assertThatThrownBy(() -> Bench.read(connection, COUNT)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aChipWithoutInterruptsIsPolledWhereOnlyTheLevelIsWanted() throws Exception {
        bench.inputs.refusesEdges = "gpiochip4 line 17 gives no edges";
        try (Connection connection = bench.open(STATE)) {
            assertThat(connection.subscribe(List.of(STATE), new RecordedReports()))
                    .isEmpty();
            bench.inputs.high = true;
            assertThat(Bench.read(connection, STATE).values).containsEntry(0, true);
        }
        for (Channel needing : List.of(COUNT, Bench.input("cover", "17", Type.BOOLEAN, "event=tamper"))) {
            assertThatThrownBy(() -> bench.open(STATE, needing))
                    .isInstanceOf(IOException.class)
                    .hasMessage("gpiochip4 line 17 gives no edges");
        }
        assertThat(bench.inputs.open()).isZero();
    }

    @Test
    void whatTheKernelRefusesIsOneLineAndLeavesNothingOpen() throws Exception {
        Channel lamp = Bench.output("lamp", "27");
        bench.inputs.refusesLines = "gpiochip4 line 17 is in use by somebody";
        assertThatThrownBy(() -> bench.open(lamp, STATE))
                .isInstanceOf(IOException.class)
                .hasMessage("gpiochip4 line 17 is in use by somebody");
        assertThat(bench.outputs.made).hasSize(1);
        assertThat(bench.outputs.open).isZero();
    }

    @Test
    void aLineInUseNamesItsUserAndIsNotRequested() {
        assertThatThrownBy(() -> bench.open(Bench.input("probe", "GPIO4", Type.BOOLEAN)))
                .isInstanceOf(IOException.class)
                .hasMessage("GPIO4 is used by w1-gpio (gpiochip4 line 4)");
        assertThat(bench.inputs.made).isEmpty();
    }

    @Test
    void theSameLineByNameAndByOffsetIsNoTwoLines() {
        assertThatThrownBy(() -> bench.open(STATE, Bench.output("lamp", "17")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("channel.lamp: 17 (expected: a line that no other channel uses; channel.button reads it)");
    }

    /** Pi4J's mocks have neither the kernel's time nor its numbers. */
    @Test
    void worksOnPi4JsMocks() throws Exception {
        try (Bench mocks = new Bench(MockDigitalInputProvider.newInstance(), MockDigitalOutputProvider.newInstance())) {
            RecordedReports reports = new RecordedReports();
            try (Connection connection = mocks.open(STATE, COUNT, SPEED)) {
                MockDigitalInput input = (MockDigitalInput)
                        mocks.context.registry().all().values().iterator().next();
                assertThat(connection.subscribe(List.of(STATE, COUNT, SPEED), reports))
                        .containsExactly(STATE);
                for (int i = 0; i < 10; i++) {
                    mocks.system.advance(Duration.ofMillis(50));
                    input.mockState(i % 2 == 0 ? DigitalState.HIGH : DigitalState.LOW);
                }
                assertThat(reports.count()).isEqualTo(11);
                assertThat(reports.last().time).isEqualTo(mocks.system.epochNanos());
                RecordedReadings readings = Bench.read(connection, STATE, COUNT, SPEED);
                assertThat(readings.values)
                        .containsEntry(0, false)
                        .containsEntry(1, 5L)
                        .containsEntry(2, 10.0);
                // A registered line is somebody's.
                assertThatThrownBy(() -> mocks.open(STATE)).isInstanceOf(IOException.class);
            }
            assertThat(mocks.context.registry().all()).isEmpty();
        }
    }
}
