package org.headgate.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.pwm.Pwm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.kit.RecordedReports;
import org.headgate.pi4j.Pins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutputTest {
    private static final Channel LAMP = Bench.output("lamp", "GPIO27");
    private static final Channel BELL = Bench.output("bell", "24", "pulse=200ms");

    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    /** A gateway that restarts must not switch a pump off and on. */
    @Test
    void keepsTheLevelThatItsLineHasAndLeavesItWhenClosed() throws Exception {
        bench.outputs.wires.put(27, DigitalState.HIGH);
        try (Connection connection = bench.open(LAMP)) {
            assertThat(Bench.read(connection, LAMP).values).containsEntry(0, true);
            DigitalOutputConfig config = bench.outputs.made.get(0);
            assertThat(config.initialState()).isNull();
            assertThat(config.shutdownState()).isNull();
        }
        assertThat(bench.outputs.written).isEmpty();
        assertThat(bench.outputs.open).isZero();
    }

    @Test
    void isWrittenAndReadBackAsTruthOrAsNumber() throws Exception {
        try (Connection connection = bench.open(LAMP)) {
            for (Object value : List.of(true, 0L, 1.0, false)) {
                connection.write(LAMP, value);
            }
            assertThat(bench.outputs.written).containsExactly("27=HIGH", "27=LOW", "27=HIGH", "27=LOW");
            assertThat(Bench.read(connection, LAMP).values).containsEntry(0, false);
            assertThat(connection.subscribe(List.of(LAMP), new RecordedReports()))
                    .isEmpty();
        }
    }

    @Test
    void isWiredAsItsChannelSays() throws Exception {
        Channel valve = Bench.output("valve", "5", "drive=open-drain", "active=low", "bias=off");
        bench.open(valve).close();
        assertThat(bench.outputs.made.get(0).address()).isEqualTo(5);
        assertThat(bench.outputs.made.get(0).properties())
                .containsEntry(Pins.DRIVE, "open-drain")
                .containsEntry(Pins.ACTIVE_LOW, "true")
                .containsEntry(Pins.BIAS, "off")
                .containsEntry(Pins.CHIP, "gpiochip4");
    }

    @Test
    void aPulseEndsByItselfOnTime() throws Exception {
        try (Connection connection = bench.open(BELL)) {
            connection.write(BELL, true);
            bench.system.advance(Duration.ofMillis(199));
            assertThat(bench.outputs.written).containsExactly("24=HIGH");
            bench.system.advance(Duration.ofMillis(1));
            assertThat(bench.outputs.written).containsExactly("24=HIGH", "24=LOW");
            bench.system.advance(Duration.ofSeconds(10));
        }
        assertThat(bench.outputs.written).hasSize(2);
    }

    /** Whoever began the pulse was killed, and nobody else would end it. */
    @Test
    void aBellThatRingsWhenItsDeviceIsOpenedIsSilentFromThenOn() throws Exception {
        bench.outputs.wires.put(24, DigitalState.HIGH);
        try (Connection connection = bench.open(BELL)) {
            assertThat(bench.outputs.made.get(0).initialState()).isEqualTo(DigitalState.LOW);
            assertThat(Bench.read(connection, BELL).values).containsEntry(0, false);
        }
        assertThat(bench.outputs.wires).containsEntry(24, DigitalState.LOW);
    }

    @Test
    void aLineThatCannotBeLetGoKeepsNoOther() throws Exception {
        AtomicBoolean told = new AtomicBoolean();
        List<String> closed = new ArrayList<>();
        GpioConnection connection = new GpioConnection(() -> told.set(true));
        for (String name : List.of("one", "three", "second")) {
            Pwm pwm = bench.context.create(Pwm.newConfigBuilder(bench.context)
                    .id(name)
                    .address(name.length())
                    .build());
            connection.add(
                    new PwmLine(name, pwm, () -> {
                        closed.add(name);
                        throw new IllegalStateException(name);
                    }),
                    List.of());
        }
        assertThatThrownBy(connection::close).isInstanceOf(IllegalStateException.class);
        connection.close();
        assertThat(closed).containsExactly("one", "three", "second");
        assertThat(told).isTrue();
    }

    @Test
    void aPulseThatIsWrittenAgainLastsFromThenOn() throws Exception {
        try (Connection connection = bench.open(BELL)) {
            connection.write(BELL, true);
            bench.system.advance(Duration.ofMillis(150));
            connection.write(BELL, true);
            bench.system.advance(Duration.ofMillis(199));
            assertThat(bench.outputs.written).doesNotContain("24=LOW");
            bench.system.advance(Duration.ofMillis(1));
            assertThat(bench.outputs.written).endsWith("24=LOW");
        }
    }

    @Test
    void aPulseThatIsEndedByAWriteIsNotEndedAgain() throws Exception {
        try (Connection connection = bench.open(BELL)) {
            connection.write(BELL, true);
            bench.system.advance(Duration.ofMillis(50));
            connection.write(BELL, false);
            bench.system.advance(Duration.ofSeconds(1));
        }
        assertThat(bench.outputs.written).containsExactly("24=HIGH", "24=LOW");
    }

    @Test
    void aPulseEndsAtOnceWhenTheDeviceIsClosed() throws Exception {
        Connection connection = bench.open(BELL, LAMP);
        connection.write(BELL, true);
        connection.write(LAMP, true);
        connection.close();
        connection.close();
        bench.system.advance(Duration.ofSeconds(1));
        assertThat(bench.outputs.written).containsExactly("24=HIGH", "27=HIGH", "24=LOW");
        assertThat(bench.outputs.open).isZero();
        assertThatThrownBy(() -> connection.write(LAMP, false)).isInstanceOf(IOException.class);
    }

    /** The call that ends a pulse may be late: it must not cut short the next one. */
    @Test
    void theEndOfOnePulseIsNotThatOfTheNext() throws Exception {
        List<Callable<Void>> ends = new ArrayList<>();
        KeptOutput.Provider maker = new KeptOutput.Provider();
        DigitalOutput output = maker.create(DigitalOutput.newConfigBuilder(bench.context)
                .id("x")
                .address(24)
                .build());
        OutputLine line = new OutputLine(
                "GPIO24",
                output,
                Duration.ofMillis(200),
                new OutputLine.Outside(bench.system.loop("x"), (end, failed) -> ends.add(end), why -> {}, () -> {}));
        line.write(BELL, true);
        bench.system.advance(Duration.ofMillis(200));
        line.write(BELL, true);
        ends.get(0).call();
        assertThat(maker.written).containsExactly("24=HIGH", "24=HIGH");
        bench.system.advance(Duration.ofMillis(200));
        ends.get(1).call();
        assertThat(maker.written).endsWith("24=LOW").hasSize(3);
        line.close();
        ends.get(1).call();
        assertThat(maker.written).hasSize(3);
    }

    @Test
    void aPulseThatCannotBeEndedEndsTheConnection() throws Exception {
        FailingReports reports = new FailingReports();
        try (Connection connection = bench.open(BELL)) {
            connection.subscribe(List.of(BELL), reports);
            connection.write(BELL, true);
            bench.outputs.refuses = "gpiochip4 is gone";
            bench.system.advance(Duration.ofSeconds(1));
            assertThat(reports.failures)
                    .containsExactly("GPIO24 (gpiochip4 line 24) is still active, its pulse could not be ended:"
                            + " gpiochip4 is gone");
            assertThatThrownBy(() -> Bench.read(connection, BELL)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatTheKernelRefusesFailsTheWrite() throws Exception {
        try (Connection connection = bench.open(LAMP)) {
            bench.outputs.refuses = "gpiochip4 line 27: no permission";
            assertThatThrownBy(() -> connection.write(LAMP, true))
                    .isInstanceOf(IOException.class)
                    .hasMessage("gpiochip4 line 27: no permission");
        }
    }

    @Test
    void pwmIsADutyCycleInPercentAtAFrequency() throws Exception {
        Channel dim = Bench.channel("dim", "PWM1", Type.DOUBLE, Access.READ_WRITE, "frequency=2kHz", "pwm-chip=2");
        // No chip of lines is needed for it.
        bench.chips = List.of();
        try (Connection connection = bench.open(dim)) {
            Pwm pwm = (Pwm) bench.context.registry().all().values().iterator().next();
            assertThat(pwm.config().address()).isEqualTo(1);
            assertThat(pwm.config().frequency()).isEqualTo(2000);
            assertThat(pwm.config().properties()).containsEntry(Pins.PWM_CHIP, "2");
            assertThat(Bench.read(connection, dim).number(0)).isZero();
            connection.write(dim, 12.5);
            assertThat(pwm.isOn()).isTrue();
            assertThat(Bench.read(connection, dim).number(0)).isCloseTo(12.5, within(1e-6));
            connection.write(dim, 0.0);
            assertThat(pwm.isOn()).isFalse();
            assertThat(Bench.read(connection, dim).number(0)).isZero();
            assertThatThrownBy(() -> connection.write(dim, 100.1))
                    .isInstanceOf(IOException.class)
                    .hasMessage("PWM1: 100.1 (expected: a duty cycle from 0 to 100 percent)");
        }
        assertThat(bench.context.registry().all()).isEmpty();
    }
}
