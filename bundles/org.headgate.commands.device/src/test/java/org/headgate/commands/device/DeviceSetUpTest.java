package org.headgate.commands.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.console.api.kit.Console;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DriverStatus;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.bus.MemoryStreamBus;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices are added, changed and removed by typing, and each answer says what is the case and what to do next. */
class DeviceSetUpTest {
    private final Site site = new Site();
    private final Console console = new Console();
    private final DeviceAddCommand add = new DeviceAddCommand(site.files, site, site.drivers(), site);
    private final DeviceSetCommand set = new DeviceSetCommand(site.files, site, site, site);
    private final DeviceRemoveCommand remove = new DeviceRemoveCommand(site.files, site, site);

    @Test
    void addWritesWhatWasTypedAndSaysWhereTheDeviceStands() throws Exception {
        site.connectingLooks = 3;
        assertThat(console.run(
                        add,
                        "press",
                        "simulator",
                        "tcp:192.0.2.10:502,unit=1",
                        "poll=500ms",
                        "channel.flow=f int16 unit=l/min"))
                .isEqualTo("press is configured (revision 1)\npress: ONLINE, 1 channel\n");
        assertThat(console.status()).isZero();
        assertThat(site.values("press"))
                .containsExactly(
                        Map.entry("driver", "simulator"),
                        Map.entry("address", "tcp:192.0.2.10:502,unit=1"),
                        Map.entry("poll", "500ms"),
                        Map.entry("channel.flow", "f int16 unit=l/min"));
        assertThat(site.files.changes().get(0).what()).startsWith("device:add press simulator tcp:");
        assertThat(site.files.changes().get(0).by()).isEqualTo("admin");
    }

    @Test
    void anAddressMayBeLeftOut() throws Exception {
        console.run(add, "a", "host", "-", "poll=10s");
        console.run(add, "b", "host", "poll=10s");
        console.run(add, "c", "host");
        assertThat(site.values("a")).isEqualTo(site.values("b")).doesNotContainKey("address");
        assertThat(site.values("c")).containsExactly(Map.entry("driver", "host"));
    }

    @Test
    void whatDoesNotAnswerIsAddedAndSaysWhyAndWhatToDo() throws Exception {
        site.state = Optional.of(new DeviceState.Offline("/dev/i2c-1 is missing", Duration.ofMillis(1500)));
        assertThat(console.run(add, "env", "simulator"))
                .isEqualTo("env is configured (revision 1)\n"
                        + "env: OFFLINE, /dev/i2c-1 is missing; next try in 1.5 s; device:test env tells more\n");
        site.state = Optional.of(new DeviceState.ActionNeeded("server certificate 3F:A2", "opcua:trust press"));
        assertThat(console.run(add, "press", "simulator"))
                .endsWith("press: ACTION_NEEDED, server certificate 3F:A2: opcua:trust press\n");
        site.state = Optional.of(new DeviceState.WaitingForDriver("modbus"));
        assertThat(console.run(set, "press", "poll=1s"))
                .endsWith("driver modbus is not installed: driver:install modbus\n");
        JsonNode json = console.json(set, "press", "poll=2s", "--json");
        assertThat(json.get("state").asText()).isEqualTo("WAITING_FOR_DRIVER");
        assertThat(json.get("revision").asInt()).isEqualTo(4);
    }

    @Test
    void aPersonIsAskedWhetherToInstallAMissingDriver() throws Exception {
        console.dialogue(site.person("y"));
        assertThat(console.run(add, "m", "modbus", "tcp:x"))
                .isEqualTo("driver modbus 1.0.0 runs\nm is configured (revision 1)\nm: ONLINE, 1 channel\n");
        assertThat(site.asked).containsExactly("driver modbus is not installed; install it now? (y/n) ");
    }

    @Test
    void whoSaysNoOrIsNotThereIsToldWhatToType() throws Exception {
        assertThat(console.run(add, "m", "modbus", "tcp:x"))
                .isEqualTo("error: driver modbus is not installed: driver:install modbus\n");
        assertThat(console.status()).isEqualTo(1);
        console.dialogue(site.person("n"));
        assertThat(console.run(add, "m", "modbus", "tcp:x"))
                .isEqualTo("error: driver modbus is not installed: driver:install modbus\n");
        assertThat(site.files.changes()).isEmpty();
        assertThat(site.drivers).containsEntry("modbus", DriverStatus.State.AVAILABLE);
    }

    @Test
    void theInstallationCanBeAgreedToBeforehandAndMayFail() throws Exception {
        site.installFails = "modbus-1.0.0.jar is damaged";
        assertThat(console.run(add, "m", "modbus", "tcp:x", "--install"))
                .isEqualTo("error: modbus-1.0.0.jar is damaged\n");
        site.installFails = "";
        assertThat(console.run(add, "m", "--install", "modbus", "tcp:x")).startsWith("driver modbus 1.0.0 runs\n");
    }

    /** The console answers before the last driver is up. */
    @Test
    void aDriverThatIsComingUpIsWaitedFor() throws Exception {
        site.drivers.put("simulator", DriverStatus.State.FAILED);
        site.comingUpLooks = 20;
        assertThat(console.run(add, "boiler", "simulator")).startsWith("boiler is configured");
    }

    @Test
    void mistypedWordsAreNamedWithWhatWasMeant() throws Exception {
        assertThat(console.run(add, "m", "modbs"))
                .isEqualTo("error: no driver modbs; did you mean modbus? driver:list shows them\n");
        site.drivers.put("opcua", DriverStatus.State.FAILED);
        assertThat(console.run(add, "m", "opcua")).startsWith("error: driver opcua is installed but offers nothing");
        site.device("boiler", "driver", "simulator").file("rule", "avg", "sql", "SELECT 1 FROM boiler");
        assertThat(console.run(add, "boiler", "host"))
                .isEqualTo("error: there is a device boiler already; device:set boiler changes it\n");
        assertThat(console.run(add, "avg", "host"))
                .isEqualTo("error: there is a rule avg already, and a stream has one producer; take another name\n");
        assertThat(console.run(set, "boilr", "poll=1s"))
                .isEqualTo("error: no device boilr; did you mean boiler? device:list shows them\n");
        assertThat(console.run(remove, "nothing")).isEqualTo("error: no device nothing; device:list shows them\n");
        assertThatThrownBy(() -> console.run(add, "Boiler!", "host"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("cannot be a device's name (expected: a-z first");
        assertThatThrownBy(() -> console.run(add, "x", "host", "-", "fast")).hasMessage("fast (expected: key=value)");
        assertThatThrownBy(() -> console.run(set, "boiler")).hasMessage("missing KEY=VALUE");
    }

    @Test
    void aRefusedChangeNamesEveryReasonAndFails() throws Exception {
        site.device("boiler", "driver", "simulator");
        site.files.refuse(List.of(
                "headgate.device-boiler.cfg: poll: 0s (expected: a duration)",
                "headgate.device-boiler.cfg: sed: 1 (expected: did you mean seed?)"));
        assertThat(console.run(set, "boiler", "poll=0s", "sed=1"))
                .isEqualTo("error: headgate.device-boiler.cfg: poll: 0s (expected: a duration)\n"
                        + "error: headgate.device-boiler.cfg: sed: 1 (expected: did you mean seed?)\n");
        assertThat(console.status()).isEqualTo(1);
    }

    @Test
    void setChangesKeysAndTakesThemOut() throws Exception {
        site.device("boiler", "driver", "simulator", "seed", "42");
        assertThat(console.run(set, "boiler", "poll=250ms", "seed=", "faults=10s timeout 5s; repeat 1m"))
                .startsWith("boiler is changed (revision 1)\nboiler: ONLINE");
        assertThat(site.values("boiler"))
                .containsExactly(
                        Map.entry("driver", "simulator"),
                        Map.entry("poll", "250ms"),
                        Map.entry("faults", "10s timeout 5s; repeat 1m"));
    }

    @Test
    void whatTheDeviceWasBeforeTheEditIsNotTakenForItsAnswer() throws Exception {
        site.device("boiler", "driver", "simulator");
        console.run(set, "boiler", "poll=250ms");
        site.state = Optional.of(new DeviceState.Invalid("seed: x (expected: a whole number)"));
        site.staleLooks = 5;
        site.stale = new DeviceState.Online();
        assertThat(console.run(set, "boiler", "seed=x")).contains("boiler: INVALID, seed: x");
        assertThat(site.staleLooks).as("it was seen").isLessThanOrEqualTo(0);
    }

    @Test
    void disableAndEnableLeaveTheRestOfTheFileAlone() throws Exception {
        site.device("boiler", "driver", "simulator");
        assertThat(console.run(new DeviceDisableCommand(site.files, site, site), "boiler"))
                .isEqualTo("device boiler is switched off (revision 1)\n"
                        + "boiler: DISABLED; device:enable boiler switches it on\n");
        assertThat(site.values("boiler")).containsEntry("enabled", "false");
        assertThat(console.run(new DeviceEnableCommand(site.files, site, site), "boiler"))
                .isEqualTo("device boiler is switched on (revision 2)\nboiler: ONLINE, 1 channel\n");
        assertThat(site.values("boiler")).containsExactly(Map.entry("driver", "simulator"));
    }

    @Test
    void infoShowsSettingsWithWhoSaysThemAndNoClearTextPassword() throws Exception {
        site.device("boiler", "driver", "simulator", "user", "gw1", "password", "hunter2", "write-password", "@plc");
        SimulatedSystem system = new SimulatedSystem(1);
        MemoryStreamBus bus = new MemoryStreamBus(system);
        DeviceInfoCommand info = new DeviceInfoCommand(site, site, bus, system);
        assertThat(console.run(info, "boiler")).contains("""
            SETTING              FROM     VALUE
            driver               file     simulator
            user                 file     gw1
            password             file     ***
            write-password       file     @plc
            timeout              default  2s
            channel.temperature  driver   temperature
            """);
        assertThat(console.run(info, "boiler", "--json")).doesNotContain("hunter2");
        Row row = Row.builder(Schema.of(new Column("temperature", Type.DOUBLE, "Cel")))
                .set(0, 71.25)
                .uncertain(0)
                .build(system.epochNanos(), ClockState.SYNCED);
        try (Publisher publisher = bus.publisher("boiler")) {
            publisher.publish(row);
            system.advance(Duration.ofSeconds(3));
            assertThat(console.run(info, "boiler")).contains("71.25  Cel   UNCERTAIN  3.0 s");
            JsonNode channel =
                    console.json(info, "boiler", "--json").get("channels").get(0);
            assertThat(channel.get("value").asDouble()).isEqualTo(71.25);
            assertThat(channel.get("quality").asText()).isEqualTo("UNCERTAIN");
        }
    }

    @Test
    void completesNamesDriversAndKeys() {
        site.device("boiler", "driver", "simulator", "seed", "1").file("profile", "meter", "poll", "1s");
        assertThat(add.complete(List.of("x"))).containsExactly("host", "simulator", "modbus");
        assertThat(add.complete(List.of("x", "host"))).contains("poll=", "profile=meter", "enabled=false");
        assertThat(set.complete(List.of())).containsExactly("boiler");
        assertThat(set.complete(List.of("boiler"))).contains("seed=", "timeout=", "profile=meter");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void everyCommandHasExamplesThatFitItsOwnGrammar(int index) {
        Signature signature = all().get(index).signature();
        assertThat(signature.examples()).isNotEmpty().allSatisfy(example -> {
            assertThat(example.call()).startsWith(signature.id());
            assertThat(example.meaning()).isNotBlank().hasSizeLessThan(90);
        });
        assertThat(signature.flags()).contains(Signature.JSON);
        assertThat(signature.description()).hasSizeLessThan(90).endsWith(".");
    }

    private List<ConsoleCommand> all() {
        return List.of(
                add,
                set,
                remove,
                new DeviceEnableCommand(site.files, site, site),
                new DeviceDisableCommand(site.files, site, site),
                new DeviceChannelAddCommand(site.files, site, site, site),
                new DeviceChannelSetCommand(site.files, site, site, site),
                new DeviceChannelRemoveCommand(site.files, site, site, site),
                new DeviceChannelListCommand(site, site),
                new DeviceDiscoverCommand(site.files, site, site, site.drivers(), site),
                new DeviceTestCommand(site, site),
                new DeviceReadCommand(site, site),
                new DeviceListCommand(site),
                new DevicePollsCommand(site),
                new DeviceWatchCommand(site, null, null),
                new DeviceInfoCommand(site, site, null, null));
    }
}
