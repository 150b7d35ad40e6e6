package org.headgate.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.headgate.data.api.Row;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.PollStatistics;
import org.headgate.device.api.Supervision;
import org.headgate.doctor.api.Finding;
import org.headgate.host.DeviceNode;
import org.headgate.host.DeviceNodes;
import org.headgate.host.Machine;
import org.headgate.linux.GpioChip;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpioCheckTest {
    private static final Channel PROBE = Bench.input("probe", "GPIO4", Type.BOOLEAN);
    private static final Channel BUTTON = Bench.input("button", "GPIO17", Type.BOOLEAN);
    private static final DeviceState OFFLINE = new DeviceState.Offline("no", Duration.ofSeconds(1));

    @TempDir
    Path root;

    private final List<DeviceStatus> devices = new ArrayList<>();
    private DeviceNode node = new DeviceNode("/dev/gpiochip4", true, true, "gpio", true);
    private List<GpioChip> chips = List.of(Bench.header("gpiochip4"));

    @BeforeEach
    void machine() throws IOException {
        Files.createDirectories(root.resolve("dev"));
        Files.writeString(root.resolve("dev/gpiochip4"), "");
        Files.writeString(root.resolve("dev/gpiomem"), "");
        release("6.6.31+rpt-rpi-2712\n");
    }

    private void release(String text) throws IOException {
        Files.createDirectories(root.resolve("proc/sys/kernel"));
        Files.writeString(root.resolve("proc/sys/kernel/osrelease"), text);
    }

    private List<Finding> check() {
        return new GpioCheck(
                        new Listed(devices), () -> chips, new DeviceNodes(new Machine(root, root), path -> node, "pi"))
                .check();
    }

    private void device(String driver, DeviceState state, boolean simulated, Channel... channels) {
        devices.add(new DeviceStatus(
                "panel", driver, "auto", "", state, 0, List.of(channels), 0, Supervision.NONE, simulated));
    }

    /** On a Pi 5 gpiochip4 is a link to gpiochip0. */
    @Test
    void aChipWithTwoNamesIsJudgedOnce() throws Exception {
        Files.createSymbolicLink(root.resolve("dev/gpiochip0"), Path.of("gpiochip4"));
        assertThat(check()).extracting(Finding::subject).containsExactly("/dev/gpiochip4");
    }

    @Test
    void aChipThatMayBeUsedIsWell() {
        device("gpio", new DeviceState.Online(), false, BUTTON);
        assertThat(check()).containsExactly(Finding.ok("/dev/gpiochip4", "may be used"));
    }

    @Test
    void namesTheGroupToJoin() {
        node = new DeviceNode("/dev/gpiochip4", true, false, "gpio", true);
        assertThat(check())
                .containsExactly(Finding.fail(
                        "/dev/gpiochip4",
                        "user pi may not read and write it",
                        "sudo usermod -aG gpio pi; log out and in, then: headgate stop; headgate start"));
    }

    /** As in Debian, where no rule gives the chips to a group. */
    @Test
    void makesTheGroupWhereTheChipBelongsToRootAlone() {
        node = new DeviceNode("/dev/gpiochip4", true, false, "root", true);
        assertThat(check().get(0).remedy())
                .startsWith("echo 'SUBSYSTEM==\"gpio\", GROUP=\"gpio\"")
                .contains("groupadd -f gpio")
                .contains("sudo usermod -aG gpio pi;");
    }

    @Test
    void noChipIsBadOnlyWhereADeviceNeedsOne() throws IOException {
        Files.delete(root.resolve("dev/gpiochip4"));
        assertThat(check()).extracting(Finding::level).containsExactly(Finding.Level.UNKNOWN);
        device("gpio", OFFLINE, true, BUTTON);
        device("gpio", new DeviceState.Disabled(), false, BUTTON);
        device("modbus", OFFLINE, false, BUTTON);
        assertThat(check()).extracting(Finding::level).containsExactly(Finding.Level.UNKNOWN);
        device("gpio", OFFLINE, false, BUTTON);
        assertThat(check().get(0).level()).isEqualTo(Finding.Level.FAIL);
        assertThat(check().get(0).text()).isEqualTo("/dev/gpiochip* is missing, and panel needs it");
    }

    @Test
    void aKernelBefore510IsTooOld() throws IOException {
        for (String old : List.of("5.4.83-v7+", "4.19.0", "5.9.1")) {
            release(old);
            assertThat(check().get(0).text()).startsWith(old + " has no GPIO character device version 2");
        }
        for (String young : List.of("5.10.0", "5.15.84-v8+", "6.1.0", "garbage")) {
            release(young);
            assertThat(check()).extracting(Finding::level).containsExactly(Finding.Level.OK);
        }
    }

    @Test
    void aLineThatSomebodyElseUsesIsNamedWithItsUser() {
        device("gpio", OFFLINE, false, BUTTON, Bench.output("fan", "PWM0"), PROBE);
        assertThat(check()).hasSize(2);
        assertThat(check().get(0).subject()).isEqualTo("device panel");
        assertThat(check().get(0).text()).isEqualTo("GPIO4 is used by w1-gpio (gpiochip4 line 4)");
    }

    @Test
    void theLinesOfADeviceThatRunsAreItsOwn() {
        device("gpio", new DeviceState.Online(), false, PROBE);
        device("gpio", new DeviceState.Degraded("x"), false, PROBE);
        assertThat(check()).hasSize(1);
    }

    @Test
    void whatTheDeviceSaysItselfIsNotSaidTwice() {
        device("gpio", OFFLINE, false, Bench.input("x", "GPIO99", Type.BOOLEAN));
        chips = List.of();
        assertThat(check()).hasSize(1);
    }

    private record Listed(List<DeviceStatus> list) implements Devices {
        @Override
        public Optional<DeviceStatus> device(String name) {
            return Optional.empty();
        }

        @Override
        public CompletionStage<Row> read(String device) {
            return new CompletableFuture<>();
        }

        @Override
        public PollStatistics polls() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resetPolls() {
            throw new UnsupportedOperationException();
        }
    }
}
