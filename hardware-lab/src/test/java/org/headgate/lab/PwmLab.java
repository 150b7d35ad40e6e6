package org.headgate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.driver.gpio.GpioDriver;
import org.headgate.linux.KernelException;
import org.headgate.linux.PwmChannel;
import org.headgate.pi4j.LabContext;
import org.headgate.system.jvm.SharedLoops;
import org.headgate.system.jvm.SystemClock;
import org.headgate.system.jvm.ThreadCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PWM on a real chip of a kernel, with two channels and nothing behind them. */
class PwmLab {
    private static final Path LIST = Path.of("/sys/kernel/debug/pwm");
    private static final Path CHIP = Path.of("/sys/class/pwm/pwmchip0");

    private final LabContext pi4j = new LabContext();

    @AfterEach
    void end() throws IOException {
        pi4j.close();
        for (int channel = 0; channel < 2; channel++) {
            Path folder = CHIP.resolve("pwm" + channel);
            if (Files.exists(folder)) {
                if (state(channel).contains("enabled")) {
                    Files.writeString(folder.resolve("enable"), "0");
                }
                Files.writeString(CHIP.resolve("unexport"), Integer.toString(channel));
            }
        }
    }

    /** What the kernel says of a channel. */
    private static String state(int channel) throws IOException {
        return Files.readString(LIST)
                .lines()
                .filter(line -> line.strip().startsWith("pwm-" + channel + " "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void setsPeriodAndActiveTimeInAnyOrder() throws Exception {
        try (PwmChannel pwm = PwmChannel.open(0, 0)) {
            pwm.set(1_000_000, 250_000);
            pwm.enable(true);
            assertThat(state(0)).contains("enabled period: 1000000 ns duty: 250000 ns");
            // The kernel refuses a period below the active time.
            pwm.set(100_000, 90_000);
            assertThat(state(0)).contains("enabled period: 100000 ns duty: 90000 ns");
            pwm.set(2_000_000, 2_000_000);
            assertThat(state(0)).contains("enabled period: 2000000 ns duty: 2000000 ns");
            pwm.enable(false);
            assertThat(state(0)).doesNotContain("enabled").contains("duty: 2000000 ns");
        }
    }

    /** A gateway that died has left its channel exported, running with a longer active time than the new period. */
    @Test
    void takesAChannelThatSomebodyLeft() throws Exception {
        PwmChannel.open(0, 1).set(2_000_000, 1_000_000);
        try (PwmChannel pwm = PwmChannel.open(0, 1)) {
            pwm.set(500_000, 100_000);
            assertThat(state(1)).contains("period: 500000 ns duty: 100000 ns");
        }
    }

    @Test
    void whatIsNotThereOrCannotBeIsSaid() throws Exception {
        assertThatThrownBy(() -> PwmChannel.open(3, 0))
                .isInstanceOf(KernelException.class)
                .hasMessageStartingWith("no /sys/class/pwm/pwmchip3: switch PWM on");
        assertThatThrownBy(() -> PwmChannel.open(0, 2))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("/sys/class/pwm/pwmchip0/export = 2");
        try (PwmChannel pwm = PwmChannel.open(0, 0)) {
            assertThatThrownBy(() -> pwm.set(5_000_000_000L, 1))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("period = 5000000000");
        }
    }

    @Test
    void theDriverSetsADutyCycle() throws Exception {
        SharedLoops loops = new SharedLoops();
        ThreadCalls calls = new ThreadCalls(loops);
        GpioDriver driver = new GpioDriver(pi4j.context(), new SystemClock(loops, calls), loops, calls, event -> {});
        Channel dim = new Channel("dim", "PWM1", Type.DOUBLE, "", Access.READ_WRITE, Map.of("frequency", "2kHz"));
        DeviceSettings settings = new DeviceSettings("lamp", "auto", Duration.ofSeconds(2), List.of(dim), Map.of());
        try (Connection connection = driver.open(settings)) {
            // The kernel takes no order at all before there is a period, this one neither.
            connection.write(dim, 0.0);
            assertThat(state(1)).doesNotContain("enabled");
            connection.write(dim, 12.5);
            assertThat(state(1)).contains("enabled period: 500000 ns duty: 62500 ns");
            assertThat(LabDevice.read(connection, dim)).containsEntry(0, 12.5);
            connection.write(dim, 100.0);
            assertThat(state(1)).contains("enabled period: 500000 ns duty: 500000 ns");
            connection.write(dim, 0.0);
            assertThat(state(1)).doesNotContain("enabled");
        }
        // Once more: the channel is still exported, and the driver must not mind.
        try (Connection connection = driver.open(settings)) {
            connection.write(dim, 50.0);
            assertThat(state(1)).contains("enabled period: 500000 ns duty: 250000 ns");
        }
    }
}
