package org.headgate.commands.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.headgate.commands.kit.Proposals;
import org.headgate.console.api.kit.Console;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discoveries;
import org.headgate.device.api.Trial;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** What is there is shown, tried and made configuration, once. */
class DeviceDiscoverTest {
    private final Site site = new Site();
    private final Console console = new Console();
    private final DeviceDiscoverCommand discover =
            new DeviceDiscoverCommand(site.files, site, site, site.drivers(), site);

    @Test
    void showsWhatIsNewWhatIsConfiguredAndWhatIsInUse() throws Exception {
        site.device("outside", "driver", "simulator", "address", "i2c-1/0x76");
        site.discoveries = new Discoveries(
                List.of(
                        Site.found("bme280", "i2c-1/0x76"),
                        Site.found("ads1115", "i2c-1/0x48"),
                        new Discovered("rtc", "i2c-1/0x68", "a clock", "in use by rtc-ds1307", Map.of(), List.of())),
                List.of("i2c-0: /dev/i2c-0 is missing: sudo raspi-config nonint do_i2c 0"));
        assertThat(console.run(discover, "simulator", "i2c-1", "user=x", "--for", "5s"))
                .isEqualTo("""
                    NAME     ADDRESS     CHANNELS  STATE                 WHAT
                    outside  i2c-1/0x76         -  configured            answers a read of one byte
                    ads1115  i2c-1/0x48         -  new                   answers a read of one byte
                    rtc      i2c-1/0x68         -  in use by rtc-ds1307  a clock
                    error: i2c-0: /dev/i2c-0 is missing: sudo raspi-config nonint do_i2c 0
                    device:discover simulator i2c-1 user=x --add makes devices of what is new
                    """);
        assertThat(console.status()).as("not all could be searched").isEqualTo(1);
        assertThat(site.searches.get(0).address()).isEqualTo("i2c-1");
        assertThat(site.searches.get(0).options()).containsEntry("user", "x");
        assertThat(site.searches.get(0).patience()).isEqualTo(Duration.ofSeconds(5));
        JsonNode json = console.json(discover, "simulator", "--json");
        assertThat(json.get("found").get(2).get("obstacle").asText()).isEqualTo("in use by rtc-ds1307");
        assertThat(json.get("failures")).hasSize(1);
    }

    @Test
    void addingMakesDevicesOfWhatIsNewInOneChangeAndNeverTwice() throws Exception {
        site.discoveries = new Discoveries(
                List.of(
                        Site.found("Press 7 (north)", "opc.tcp://press", "Speed", "ns=2;s=Speed", "speed", "ns=2;s=x"),
                        Site.found("press-7-north", "opc.tcp://other", "a", "ns=1;s=a")),
                List.of());
        assertThat(console.run(discover, "simulator", "--add")).endsWith("""
            added: press-7-north, press-7-north-2 (revision 1)
            press-7-north: ONLINE, 1 channel
            press-7-north-2: ONLINE, 1 channel
            """);
        assertThat(site.files.changes()).as("all or nothing").hasSize(1);
        assertThat(site.values("press-7-north"))
                .containsEntry("driver", "simulator")
                .containsEntry("address", "opc.tcp://press")
                .containsEntry("channel.speed", "ns=2;s=Speed")
                .containsEntry("channel.speed-2", "ns=2;s=x");
        assertThat(console.run(discover, "simulator", "--add")).endsWith("nothing to add: there is nothing new\n");
        assertThat(site.files.changes()).hasSize(1);
        assertThat(console.status()).isZero();
    }

    @Test
    void allThatIsAddedIsWaitedForNoLongerThanOne() throws Exception {
        site.discoveries =
                new Discoveries(List.of(Site.found("a", "1"), Site.found("b", "2"), Site.found("c", "3")), List.of());
        site.state = Optional.of(new DeviceState.WaitingForDriver("fake"));
        assertThat(console.run(discover, "simulator", "--add", "--only", "a"))
                .contains("a: WAITING_FOR_DRIVER", "driver:install fake");
        Duration one = site.waited;
        assertThat(one).isPositive();
        assertThat(console.run(discover, "simulator", "--add"))
                .contains("b: WAITING_FOR_DRIVER", "c: WAITING_FOR_DRIVER");
        assertThat(site.waited.minus(one)).isEqualTo(one);
    }

    @Test
    void onlyWhatIsNamedIsAdded() throws Exception {
        site.discoveries =
                new Discoveries(List.of(Site.found("a", "1"), Site.found("b", "2"), Site.found("c", "3")), List.of());
        assertThat(console.run(discover, "simulator", "--add", "--only", "a,c")).contains("added: a, c (revision 1)");
        assertThat(site.files.files()).containsExactly("headgate.device-a.cfg", "headgate.device-c.cfg");
        assertThatThrownBy(() -> console.run(discover, "simulator", "--add", "--only", "d"))
                .hasMessageContaining("there are: b");
        assertThatThrownBy(() -> console.run(discover, "simulator", "--only", "a"))
                .hasMessage("--only goes with --add");
        assertThatThrownBy(() -> console.run(discover, "simulator", "--for", "2h"))
                .hasMessageContaining("at most 50s");
    }

    @Test
    void streamsOfOneRecordingAreToldApartByTheirNames() throws Exception {
        site.discoveries = new Discoveries(
                List.of(Site.found("pump", "recording:day.jsonl"), Site.found("fan", "recording:day.jsonl")),
                List.of());
        console.run(discover, "simulator", "--add", "--only", "fan");
        assertThat(console.run(discover, "simulator", "recording:day.jsonl"))
                .contains("""
                    pump  recording:day.jsonl         -  new\
                    """)
                .contains("""
                    fan   recording:day.jsonl         -  configured\
                    """);
    }

    @Test
    void theChannelsOfASingleFindAreShown() throws Exception {
        site.discoveries = new Discoveries(
                List.of(new Discovered(
                        "gpio",
                        "pinctrl-rp1",
                        "54 lines",
                        "",
                        Map.of(),
                        List.of(
                                new Discovered.Point("gpio17", "17 bool", "GPIO17", ""),
                                new Discovered.Point("gpio8", "8 bool", "GPIO8", "in use by spi0 CS0")))),
                List.of());
        assertThat(console.run(discover, "simulator")).contains("""
            CHANNEL  DEFINITION  STATE               WHAT
            gpio17   17 bool     free                GPIO17
            gpio8    8 bool      in use by spi0 CS0  GPIO8
            """);
        console.run(discover, "simulator", "--add");
        assertThat(site.values("gpio")).containsKey("channel.gpio17").doesNotContainKey("channel.gpio8");
    }

    @Test
    void aNameIsMadeValidAndFree() {
        assertThat(Proposals.free("9 Lives!", Set.of())).isEqualTo("lives");
        assertThat(Proposals.free("???", Set.of())).isEqualTo("found");
        assertThat(Proposals.free("a", Set.of("a", "a-2"))).isEqualTo("a-3");
        assertThat(Proposals.free("x".repeat(200), Set.of())).hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void aTestShowsTimesValuesAndWhyAChannelIsBad() throws Exception {
        site.device("boiler", "driver", "simulator");
        Schema schema = Schema.of(new Column("temperature", Type.DOUBLE, "Cel"), Column.of("pump", Type.BOOLEAN));
        Row row = Row.builder(schema).set(0, 71.25).bad(1).build(SimulatedSystem.START_NANOS, ClockState.SYNCED);
        site.trial = CompletableFuture.completedFuture(new Trial(
                Duration.ofMillis(12),
                Duration.ofNanos(3_400_000),
                Optional.of(row),
                Map.of("pump", "exception 2: no such register"),
                ""));
        DeviceTestCommand test = new DeviceTestCommand(site, site);
        assertThat(console.run(test, "boiler")).isEqualTo("""
            opened in 12.0 ms, read in 3.40 ms
            CHANNEL      VALUE  UNIT  QUALITY  WHY
            temperature  71.25  Cel   GOOD
            pump                      BAD      exception 2: no such register
            """);
        assertThat(console.json(test, "boiler", "--json").get("openMs").asDouble())
                .isEqualTo(12);
        site.trial = CompletableFuture.completedFuture(new Trial(
                Duration.ofSeconds(2), Duration.ZERO, Optional.empty(), Map.of(), "opening: connection refused"));
        assertThat(console.run(test, "boiler"))
                .isEqualTo("error: boiler: opening: connection refused (after 2000.0 ms)\n");
        assertThat(console.status()).isEqualTo(1);
        assertThat(console.json(test, "boiler", "--json").get("answered").asBoolean())
                .isFalse();
        assertThat(console.run(test, "boilr")).startsWith("error: no device boilr; did you mean boiler?");
    }

    @Test
    void aWatchShowsTheColumnsThatWereAskedForAndNoRowWithoutThem() {
        Schema schema = Schema.of(new Column("temperature", Type.DOUBLE, "Cel"), Column.of("pump", Type.BOOLEAN));
        Row row = Row.builder(schema).set(0, 71.25).build(SimulatedSystem.START_NANOS, ClockState.SYNCED);
        assertThat(DeviceWatchCommand.only(row, List.of("temperature"))
                        .orElseThrow()
                        .asDouble(0))
                .isEqualTo(71.25);
        assertThat(DeviceWatchCommand.only(row, List.of("pump"))).isEmpty();
    }
}
