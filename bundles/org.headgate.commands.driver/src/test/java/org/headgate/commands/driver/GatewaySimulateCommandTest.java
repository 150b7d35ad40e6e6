package org.headgate.commands.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.UsageException;
import org.headgate.data.api.Row;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.PollStatistics;
import org.headgate.device.api.Supervision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewaySimulateCommandTest {
    private static final String FILE = "headgate.gateway.cfg";
    private static final List<String> NAMES = List.of("boiler", "meter", "pump");

    private final MemoryConfigurations file = new MemoryConfigurations();
    private GatewaySimulateCommand command;
    private int status;
    private int pauses;
    private int lag = 5;
    private final Map<String, DeviceState> others = new TreeMap<>();
    private final Set<String> simulated = new TreeSet<>();

    @TempDir
    Path home;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectory(home.resolve("files"));
        command = new GatewaySimulateCommand(file, new AtHome(home), new ThreeDevices(), millis -> pass());
    }

    /** Each takes so many looks until it follows the wish. */
    private void pass() {
        if (++pauses == lag) {
            follow();
        }
    }

    private void follow() {
        SimulationWish wish = new SimulationWish(file);
        simulated.clear();
        NAMES.stream().filter(wish::isFor).forEach(simulated::add);
    }

    private String run(String... words) throws Exception {
        pauses = 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        status = command.run(new Invocation(command.signature(), List.of(words), out, out, "admin"));
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void onReplacesAllAndOffNone() throws Exception {
        assertThat(run("on")).isEqualTo("all devices are replaced by the simulator");
        assertThat(file.values(FILE)).isEqualTo(Map.of("simulate", "all"));
        assertThat(run("off")).isEqualTo("no device is simulated");
        assertThat(file.values(FILE)).isEmpty();
        int writes = file.changes().size();
        assertThat(run("off")).isEqualTo("no device is simulated");
        assertThat(file.changes()).as("nothing to change").hasSize(writes);
    }

    @Test
    void namesAreAddedAndTakenOutOneByOne() throws Exception {
        assertThat(run("on", "pump")).isEqualTo("replaced by the simulator: pump");
        run("on", "boiler", "pump");
        assertThat(file.values(FILE)).isEqualTo(Map.of("simulate", "pump, boiler"));
        run("off", "pump");
        assertThat(file.values(FILE)).isEqualTo(Map.of("simulate", "boiler"));
        assertThat(run("off", "boiler")).isEqualTo("no device is simulated");
        assertThat(file.values(FILE)).isEmpty();
    }

    @Test
    void allButOne() throws Exception {
        run("on");
        run("on", "pump");
        assertThat(file.values(FILE)).isEqualTo(Map.of("simulate", "all"));
        run("off", "pump");
        assertThat(file.values(FILE)).isEqualTo(Map.of("simulate", "boiler, meter"));
    }

    @Test
    void aRecordingIsKeptUntilItIsTakenBack() throws Exception {
        Files.writeString(home.resolve("files/day.jsonl"), "");
        assertThat(run("on", "boiler", "recording=day.jsonl")).isEqualTo("replaced by the recording day.jsonl: boiler");
        run("on", "pump");
        assertThat(file.values(FILE)).isEqualTo(Map.of("simulate", "boiler, pump", "simulate.recording", "day.jsonl"));
        assertThat(run("--json"))
                .isEqualTo("{\"all\":false,\"devices\":[\"boiler\",\"pump\"],\"recording\":\"day.jsonl\","
                        + "\"installed\":true,\"pending\":[]}");
        assertThat(run("on", "recording=")).isEqualTo("all devices are replaced by the simulator");
        run("on", "recording=day.jsonl");
        run("off");
        assertThat(file.values(FILE)).isEmpty();
    }

    @Test
    void refusesWhatIsNotThereAndChangesNothing() throws Exception {
        assertThat(run("on", "pumpp")).isEqualTo("error: no device pumpp; there are: boiler, meter, pump");
        assertThat(status).isEqualTo(1);
        assertThat(run("off", "pumpp")).isEqualTo("error: no device pumpp; there are: boiler, meter, pump");
        assertThat(status).isEqualTo(1);
        assertThat(run("on", "recording=../x")).startsWith("error: ../x: outside of ");
        assertThat(run("on", "recording=x")).startsWith("error: x: there is no such file in ");
        assertThatThrownBy(() -> run("of")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run("off", "recording=x")).isInstanceOf(UsageException.class);
        assertThat(file.changes()).isEmpty();
    }

    @Test
    void warnsWhenTheSimulatorIsNotInstalledAndInstallsNothing() throws Exception {
        file.put(FILE, "drivers", "host, modbus@1.2.0");
        assertThat(run("on")).contains("warning: the driver simulator is not installed");
        assertThat(status).isZero();
        assertThat(file.values(FILE)).containsEntry("drivers", "host, modbus@1.2.0");
        file.put(FILE, "drivers", "simulator@1.1.0");
        assertThat(run()).doesNotContain("warning");
    }

    @Test
    void whatWasSimulatedAndIsGoneCanBeTakenOut() throws Exception {
        file.put(FILE, "simulate", "boiler, gone");
        run("off", "gone");
        assertThat(file.values(FILE)).isEqualTo(Map.of("simulate", "boiler"));
    }

    @Test
    void waitsUntilTheDevicesSaySo() throws Exception {
        assertThat(run("on", "pump")).isEqualTo("replaced by the simulator: pump");
        assertThat(status).isZero();
        assertThat(pauses).isEqualTo(lag);
        run("on", "pump");
        assertThat(pauses).isZero();
        run("off");
        assertThat(pauses).isEqualTo(lag);
    }

    @Test
    void namesThoseThatAreNotSimulatedAfterTenSeconds() throws Exception {
        lag = Integer.MAX_VALUE;
        assertThat(run("on", "pump", "meter"))
                .isEqualTo("replaced by the simulator: pump, meter\nerror: not so yet: meter, pump; see device:list");
        assertThat(status).isEqualTo(1);
        assertThat(pauses).isEqualTo(100);
        assertThat(run("--json")).contains("\"pending\":[\"meter\",\"pump\"]");
        follow();
        assertThat(run("off")).contains("not so yet: meter, pump");
    }

    @Test
    void doesNotWaitForWhatIsConnectedToNothing() throws Exception {
        others.put("off", new DeviceState.Disabled());
        others.put("wrong", new DeviceState.Invalid("poll: x (expected: y)"));
        assertThat(run("on")).isEqualTo("all devices are replaced by the simulator");
        assertThat(status).isZero();
    }

    /** Then the devices do what the file asked for before. */
    @Test
    void claimsNothingWhenTheFileIsBroken() throws Exception {
        file.put(FILE, "simulate", "all");
        file.warn("headgate.gateway.cfg line 3: 'x' (expected: key = value)");
        for (String[] words : new String[][] {{}, {"--json"}, {"on"}, {"off"}}) {
            assertThat(run(words))
                    .isEqualTo("error: headgate.gateway.cfg line 3: 'x' (expected: key = value);"
                            + " until that is repaired nothing can be said or changed");
            assertThat(status).isEqualTo(1);
        }
        assertThat(file.changes()).isEmpty();
    }

    @Test
    void completesWords() {
        assertThat(command.complete(List.of())).containsExactly("on", "off");
        assertThat(command.complete(List.of("on", "boiler"))).containsExactly("meter", "pump", "recording=");
    }

    private record AtHome(Path home) implements Gateway {
        @Override
        public String id() {
            return "gw";
        }

        @Override
        public String version() {
            return "0";
        }
    }

    private final class ThreeDevices implements Devices {
        @Override
        public List<DeviceStatus> list() {
            List<DeviceStatus> all = new ArrayList<>();
            for (String name : NAMES) {
                all.add(status(name, "modbus", new DeviceState.Online(), simulated.contains(name)));
            }
            others.forEach((name, state) -> all.add(status(name, "modbus", state, false)));
            if (!others.isEmpty()) {
                all.add(status("model", "simulator", new DeviceState.Online(), false));
            }
            return all;
        }

        private DeviceStatus status(String name, String driver, DeviceState state, boolean standIn) {
            return new DeviceStatus(name, driver, "", "", state, 0, List.of(), 0, Supervision.NONE, standIn);
        }

        @Override
        public Optional<DeviceStatus> device(String name) {
            return list().stream().filter(device -> device.name().equals(name)).findFirst();
        }

        @Override
        public CompletionStage<Row> read(String device) {
            return CompletableFuture.failedFuture(new IllegalStateException());
        }

        @Override
        public PollStatistics polls() {
            return new PollStatistics(0, 0, 0, 0, 0);
        }

        @Override
        public void resetPolls() {}
    }
}
