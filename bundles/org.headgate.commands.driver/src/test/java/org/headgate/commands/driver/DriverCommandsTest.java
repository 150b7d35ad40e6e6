package org.headgate.commands.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.headgate.config.api.Gateway;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.data.api.Row;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.DriverChange;
import org.headgate.device.api.DriverRequest;
import org.headgate.device.api.DriverStatus;
import org.headgate.device.api.Drivers;
import org.headgate.device.api.PollStatistics;
import org.headgate.device.api.Supervision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverCommandsTest {
    @TempDir
    Path home;

    private final RecordedDrivers drivers = new RecordedDrivers();
    private final ThreeDevices devices = new ThreeDevices();
    private final Gateway gateway = new Gateway() {
        @Override
        public String id() {
            return "gw";
        }

        @Override
        public String version() {
            return "0";
        }

        @Override
        public Path home() {
            return home;
        }
    };
    private int status;

    @Test
    void aWordWithoutADotIsADriverOfTheDistributionAnyOtherAFile() throws Exception {
        Files.createDirectories(home.resolve("files"));
        Path jar = Files.writeString(home.resolve("files/acme-1.0.jar"), "").toRealPath();
        run(new DriverInstallCommand(operation()), "acme");
        run(new DriverInstallCommand(operation()), "acme-1.0.jar");
        run(new DriverUpdateCommand(operation()), "acme-1.0.jar");
        run(new DriverRollbackCommand(operation()), "acme");
        run(new DriverRemoveCommand(operation()), "acme");
        assertThat(drivers.asked)
                .containsExactly(
                        new DriverRequest.Named("acme"),
                        new DriverRequest.FromFile(jar, DriverRequest.Purpose.INSTALL),
                        new DriverRequest.FromFile(jar, DriverRequest.Purpose.UPDATE),
                        new DriverRequest.Rollback("acme"),
                        new DriverRequest.Remove("acme"));
        String outside = run(new DriverInstallCommand(operation()), "../etc/x.jar");
        assertThat(outside).contains("outside of").hasLineCount(1);
        assertThat(status).isEqualTo(1);
    }

    @Test
    void saysWhatWillBeTouchedAndWhatIsThen() throws Exception {
        drivers.answer = new DriverChange(
                "acme", "1.1.0", "1.0.0", List.of("org.acme"), List.of("org.other"), "1.0.0 is older than 1.1.0");
        assertThat(run(new DriverRollbackCommand(operation()), "acme", "--yes")).isEqualTo("""
                touches: org.acme (3 devices wait meanwhile)
                restarts: org.other
                note: 1.0.0 is older than 1.1.0
                acme 1.0.0 runs; driver:rollback acme brings 1.1.0 back
                """);
        assertThat(drivers.yes).isTrue();
        assertThat(run(new DriverRollbackCommand(operation()), "acme", "--json"))
                .isEqualTo("{\"name\":\"acme\",\"before\":\"1.1.0\",\"after\":\"1.0.0\",\"touched\":[\"org.acme\"],"
                        + "\"restarted\":[\"org.other\"],\"note\":\"1.0.0 is older than 1.1.0\"}\n");
        assertThat(drivers.yes).isFalse();
        assertThat(drivers.by).isEqualTo("admin");
    }

    @Test
    void aRefusalIsOneLineAndTheExitStatus() throws Exception {
        drivers.refusal = "acme: not installed";
        assertThat(run(new DriverRemoveCommand(operation()), "acme")).isEqualTo("error: acme: not installed\n");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void theListCountsTheDevicesAndShowsWhatNeedsAttention() throws Exception {
        assertThat(run(new DriverListCommand(drivers, devices))).isEqualTo("""
                NAME  VERSION  STATE      DEVICES  PREVIOUS  FROM          DETAIL
                acme  1.1.0    RUNNING          3  1.0.0     file
                lamp  0.1.0    AVAILABLE        0            distribution
                warning: deploy/x.jar changed nothing
                """);
        assertThat(new DriverInstallCommand(operation()).complete(List.of())).containsExactly("lamp");
        assertThat(new DriverRollbackCommand(operation()).complete(List.of())).containsExactly("acme");
        assertThat(new DriverRemoveCommand(operation()).complete(List.of("acme")))
                .isEmpty();
    }

    private DriverOperation operation() {
        return new DriverOperation(drivers, devices, gateway);
    }

    private String run(ConsoleCommand command, String... words) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        status = command.run(new Invocation(command.signature(), List.of(words), out, out, "admin"));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static final class RecordedDrivers implements Drivers {
        private final List<DriverRequest> asked = new ArrayList<>();
        private DriverChange answer = new DriverChange("acme", "", "1.0.0", List.of(), List.of(), "");
        private String refusal;
        private boolean yes;
        private String by = "";

        @Override
        public List<DriverStatus> list() {
            return List.of(
                    new DriverStatus("acme", "1.1.0", "1.0.0", "file", DriverStatus.State.RUNNING, ""),
                    new DriverStatus("lamp", "0.1.0", "", "distribution", DriverStatus.State.AVAILABLE, ""));
        }

        @Override
        public CompletionStage<DriverChange> change(
                DriverRequest request, boolean touchingOthers, Consumer<DriverChange> before) {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public CompletionStage<DriverChange> change(
                DriverRequest request, String user, boolean touchingOthers, Consumer<DriverChange> before) {
            by = user;
            asked.add(request);
            yes = touchingOthers;
            if (refusal != null) {
                return CompletableFuture.failedFuture(new IllegalStateException(refusal));
            }
            before.accept(answer);
            return CompletableFuture.completedFuture(answer);
        }

        @Override
        public List<String> warnings() {
            return List.of("deploy/x.jar changed nothing");
        }
    }

    private static final class ThreeDevices implements Devices {
        @Override
        public List<DeviceStatus> list() {
            return List.of(online("a"), online("b"), online("c"));
        }

        private static DeviceStatus online(String name) {
            return new DeviceStatus(
                    name, "acme", "", "", new DeviceState.Online(), 0, List.of(), 0, Supervision.NONE, false);
        }

        @Override
        public Optional<DeviceStatus> device(String name) {
            return Optional.empty();
        }

        @Override
        public CompletionStage<Row> read(String device) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PollStatistics polls() {
            return new PollStatistics(0, 0, 0, 0, 0);
        }

        @Override
        public void resetPolls() {
            // Nothing is counted.
        }
    }
}
