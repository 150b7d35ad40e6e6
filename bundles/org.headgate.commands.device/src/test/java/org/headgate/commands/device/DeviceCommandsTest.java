package org.headgate.commands.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Commands;
import org.headgate.console.api.UsageException;
import org.headgate.console.api.kit.Console;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.Discoveries;
import org.headgate.device.api.EffectiveSetting;
import org.headgate.device.api.PollStatistics;
import org.headgate.device.api.Search;
import org.headgate.device.api.Supervision;
import org.headgate.device.api.Trial;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class DeviceCommandsTest {
    private static final long NOW = SimulatedSystem.START_NANOS;

    private final Console console = new Console();

    @Test
    void deviceListShowsWhyADeviceIsNotOnline() throws Exception {
        DeviceListCommand command = new DeviceListCommand(new TwoDevices());
        assertThat(console.run(command)).isEqualTo("""
                        NAME    DRIVER     ADDRESS  STATE    ROWS  DETAIL
                        boiler  simulator           ONLINE     42
                        meter   modbus     tcp:...  OFFLINE     0  no route to the host; next try in 1.5 s
                        """);
        JsonNode json = console.json(command, "--json");
        assertThat(json.get(1).get("state").asText()).isEqualTo("OFFLINE");
        assertThat(json.get(1).get("detail").asText()).isEqualTo("no route to the host; next try in 1.5 s");
        assertThat(json.get(0).get("rows").asInt()).isEqualTo(42);
    }

    @Test
    void deviceListMarksWhatIsSimulated() throws Exception {
        DeviceState degraded = new DeviceState.Degraded("pump: bad by the fault script");
        DeviceListCommand command = new DeviceListCommand(new TwoDevices() {
            @Override
            public List<DeviceStatus> list() {
                return List.of(simulated("meter", degraded), simulated("pump", new DeviceState.Online()));
            }
        });
        assertThat(console.run(command)).isEqualTo("""
                        NAME   DRIVER  ADDRESS  STATE     ROWS  DETAIL
                        meter  modbus  tcp:...  DEGRADED     7  SIMULATED: pump: bad by the fault script
                        pump   modbus  tcp:...  ONLINE       7  SIMULATED
                        """);
        assertThat(console.json(command, "--json").get(0).get("simulated").asBoolean())
                .isTrue();
    }

    private static DeviceStatus simulated(String name, DeviceState state) {
        return new DeviceStatus(name, "modbus", "tcp:...", "", state, NOW, List.of(), 7, Supervision.NONE, true);
    }

    @Test
    void deviceReadShowsValuesWithUnitAndQuality() throws Exception {
        DeviceReadCommand command = new DeviceReadCommand(new TwoDevices(), new TwoDevices());
        assertThat(console.run(command, "boiler")).isEqualTo("""
                        CHANNEL      VALUE  UNIT  QUALITY
                        temperature  71.25  Cel   GOOD
                        pump                      BAD
                        """);
        assertThat(console.run(command, "boiler", "--json").strip())
                .isEqualTo(
                        "{\"stream\":\"boiler\",\"time\":1732172400000,\"data\":{\"temperature\":71.25,\"pump\":null},"
                                + "\"quality\":{\"pump\":\"BAD\"}}");
        assertThat(console.run(command, "meter")).isEqualTo("error: device meter is OFFLINE\n");
        assertThat(console.status()).isEqualTo(1);
        assertThat(console.run(command, "boilr"))
                .isEqualTo("error: no device boilr; did you mean boiler? device:list shows them\n");
        assertThat(console.run(command, "boiler", "pump")).contains("pump").doesNotContain("temperature");
        assertThatThrownBy(() -> console.run(command)).isInstanceOf(UsageException.class);
        assertThat(command.complete(List.of("boiler"))).containsExactly("temperature", "pump");
        assertThat(command.complete(List.of())).containsExactly("boiler", "meter");
    }

    @Test
    void deviceWriteTellsTheDeviceWhoAsksAndFailsWhenItIsRefused() throws Exception {
        OnOnly router = new OnOnly();
        DeviceWriteCommand command = new DeviceWriteCommand(new TwoDevices(), router);
        assertThat(console.run(command, "boiler", "pump", "on")).isEqualTo("boiler/pump = on\n");
        assertThat(console.status()).isZero();
        assertThat(router.origin).isEqualTo("console:admin");
        assertThat(console.run(command, "boiler", "pump", "maybe")).isEqualTo("error: pump = maybe\n");
        assertThat(console.status()).isEqualTo(1);
        assertThat(command.complete(List.of("boiler"))).containsExactly("pump");
    }

    private static class TwoDevices implements Devices, Commissioning {
        private static final Channel TEMPERATURE = Channel.readable("temperature", "t", Type.DOUBLE, "Cel");
        private static final Channel PUMP = new Channel("pump", "p", Type.BOOLEAN, "", Access.READ_WRITE, Map.of());

        @Override
        public List<DeviceStatus> list() {
            DeviceState offline = new DeviceState.Offline("no route to the host", Duration.ofMillis(1500));
            return List.of(
                    new DeviceStatus(
                            "boiler",
                            "simulator",
                            "",
                            "",
                            new DeviceState.Online(),
                            NOW,
                            List.of(TEMPERATURE, PUMP),
                            42,
                            Supervision.NONE,
                            false),
                    new DeviceStatus(
                            "meter",
                            "modbus",
                            "tcp:...",
                            "",
                            offline,
                            NOW,
                            List.of(),
                            0,
                            new Supervision(0, 3, 3, "no route", NOW, NOW, 0),
                            false));
        }

        @Override
        public Optional<DeviceStatus> device(String name) {
            return list().stream().filter(device -> device.name().equals(name)).findFirst();
        }

        @Override
        public CompletionStage<Row> read(String device) {
            if (!device.equals("boiler")) {
                return CompletableFuture.failedFuture(new IllegalStateException("device meter is OFFLINE"));
            }
            Schema schema = Schema.of(new Column("temperature", Type.DOUBLE, "Cel"), Column.of("pump", Type.BOOLEAN));
            return CompletableFuture.completedFuture(
                    Row.builder(schema).set(0, 71.25).bad(1).build(NOW, ClockState.SYNCED));
        }

        @Override
        public CompletionStage<Row> read(String device, List<String> channels) {
            return read(device);
        }

        @Override
        public List<EffectiveSetting> settings(String device) {
            return List.of();
        }

        @Override
        public CompletionStage<Trial> test(String device) {
            return CompletableFuture.failedFuture(new IllegalStateException("not now"));
        }

        @Override
        public CompletionStage<Discoveries> discover(Search search) {
            return CompletableFuture.failedFuture(new IllegalStateException("not now"));
        }

        @Override
        public PollStatistics polls() {
            return new PollStatistics(0, 0, 0, 0, 0);
        }

        @Override
        public void resetPolls() {}
    }

    private static final class OnOnly implements Commands {
        private String origin = "";

        @Override
        public CompletionStage<CommandResult> submit(Command command) {
            origin = command.origin().toString();
            String text = command.argument("channel") + " = " + command.argument("value");
            return CompletableFuture.completedFuture(
                    command.argument("value").equals("on")
                            ? CommandResult.done(command, text)
                            : CommandResult.refused(command, text));
        }

        @Override
        public List<String> names() {
            return List.of("device.write");
        }
    }
}
