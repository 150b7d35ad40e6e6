package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.data.api.Type;
import org.headgate.device.api.DeviceState;
import org.junit.jupiter.api.Test;

/** The simulator in the place of devices: the same streams, and nothing reaches the hardware. */
class StandInTest {
    private static final StandIns ALL = new StandIns(true, Set.of(), Optional.empty());

    private final Hall hall = new Hall();
    private final FakeDriver real = new FakeDriver();
    private final FakeDriver simulator = new FakeDriver("simulator");

    @Test
    void theSimulatorGetsTheSameChannelsInTheUnitsOfTheUserAndTheRealDeviceIsClosed() {
        hall.bind(real);
        hall.bind(simulator);
        hall.add("x", "channel.power", "r1 int16 scale=0.1 min=-40 max=80 access=rw", "poll", "500ms");
        assertThat(real.open).isEqualTo(1);
        real.log.clear();
        simulator.values.put("r1", 12.5);
        hall.registry.simulate(ALL);
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(real.open).isZero();
        assertThat(real.log).containsExactly("close");
        assertThat(hall.status("x").simulated()).isTrue();
        assertThat(hall.status("x").driver()).isEqualTo("fake");
        assertThat(hall.status("x").channels())
                .extracting("name")
                .containsExactly("temperature", "pump", "level", "power");
        assertThat(hall.status("x").channels().get(3).type()).isEqualTo(Type.DOUBLE);
        assertThat(hall.last("x").asDouble(3)).isEqualTo(12.5);
        assertThat(hall.write("x", "power", "33")).isEqualTo("power = 33.0");
        assertThat(simulator.values).containsEntry("r1", 33.0);
        assertThat(real.log).containsExactly("close");
    }

    @Test
    void aFieldOfARegisterIsSimulatedWithinItsBits() throws Exception {
        DeviceConfiguration configuration = DeviceConfiguration.of(
                Hall.instance("x", "channel.mode", "r uint16 mask=0xF0 shift=4"),
                (any, driver) -> Optional.empty(),
                Optional.of("mirror"));
        Blueprint blueprint = new Blueprint(configuration, Optional::empty);
        assertThat(blueprint.definitions(simulator).get(0).channel().options())
                .containsEntry("min", "0")
                .containsEntry("max", "15");
    }

    @Test
    void offBringsTheRealDeviceBackAndOnlyThoseThatChangeBeginAnew() {
        hall.bind(real);
        hall.bind(simulator);
        hall.add("x");
        hall.add("y");
        hall.registry.simulate(new StandIns(false, Set.of("x"), Optional.empty()));
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(hall.status("x").simulated()).isTrue();
        assertThat(hall.status("y").simulated()).isFalse();
        long connections = hall.status("y").supervision().connections();
        hall.registry.simulate(StandIns.NONE);
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(hall.registry.list()).noneMatch(device -> device.simulated());
        assertThat(hall.status("y").supervision().connections()).isEqualTo(connections);
        assertThat(simulator.open).isZero();
        assertThat(real.open).isEqualTo(2);
    }

    @Test
    void atTheDeskADriverThatIsNotInstalledIsNotNeededForChannelsThatTheFileNames() {
        hall.bind(simulator);
        hall.registry.simulate(ALL);
        hall.add("x", "driver", "opcua", "channel.a", "ns=2;s=A double");
        hall.add("y", "driver", "opcua");
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(hall.state("y").detail()).contains("or the driver opcua, which knows its own");
    }

    @Test
    void aDriverThatIsInstalledLaterTellsItsStandInsTheirChannels() {
        hall.bind(simulator);
        hall.registry.simulate(ALL);
        hall.add("x");
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Invalid.class);
        hall.bind(real);
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(hall.status("x").channels()).hasSize(3);
        assertThat(real.log).isEmpty();
    }

    @Test
    void aTypingErrorElsewhereInTheGatewaysFileLetsNothingReachTheHardware() {
        hall.bind(real);
        hall.bind(simulator);
        hall.add("x");
        Map<String, String> raw = new HashMap<>(Map.of("simulate", "all"));
        Map<String, Object> whole = Map.of(Instance.KEYS, new String[] {"simulate"}, "simulate", "all");
        StandInSettings settings = new StandInSettings(hall.registry, key -> Optional.ofNullable(raw.get(key)), whole);
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(hall.status("x").simulated()).isTrue();
        Map<String, Object> broken = Map.of(Instance.BROKEN, "line 3: no '='");
        settings.change(broken);
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(hall.status("x").simulated()).isTrue();
        new StandInSettings(hall.registry, key -> Optional.ofNullable(raw.get(key)), broken);
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(hall.status("x").simulated()).isTrue();
    }

    @Test
    void withoutTheSimulatorTheDeviceWaitsAndItsOutputsAreStillNotReached() {
        hall.bind(real);
        hall.registry.simulate(ALL);
        hall.add("x");
        assertThat(hall.state("x")).isEqualTo(new DeviceState.WaitingForDriver("simulator"));
        assertThat(real.log).isEmpty();
    }

    @Test
    void theWishIsReadFromTheGatewaysFile() {
        StandIns some =
                StandIns.of(new Settings(Map.of("simulate", "boiler, pump", "simulate.recording", "site.jsonl")));
        assertThat(some.address("boiler")).contains("recording:site.jsonl");
        assertThat(some.address("meter")).isEmpty();
        assertThat(StandIns.of(new Settings(Map.of("simulate", "all"))).address("meter"))
                .contains("mirror");
        assertThat(StandIns.of(new Settings(Map.of())).address("meter")).isEmpty();
        assertThat(List.of(StandIns.NONE.address("x"))).containsOnly(Optional.empty());
    }
}
