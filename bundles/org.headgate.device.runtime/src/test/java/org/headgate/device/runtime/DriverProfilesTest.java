package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceState;
import org.headgate.device.channels.Profile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Profiles that a driver brings with it. */
class DriverProfilesTest {
    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();

    @BeforeEach
    void bring() {
        driver.profiles = Map.of("sht31", Map.of("poll", "5s", "channel.extra", "level int16", "chip", "sht31"));
    }

    private String chip() {
        return driver.opened.orElseThrow().options().getOrDefault("chip", "none");
    }

    @Test
    void countsWithItsChannelsTimesAndKeys() {
        hall.bind(driver);
        hall.add("x", "profile", "sht31");
        hall.system.advance(Duration.ofSeconds(20));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(hall.status("x").channels()).extracting(Channel::name).contains("extra", "temperature");
        assertThat(chip()).isEqualTo("sht31");
        assertThat(hall.rows("x")).hasSizeBetween(4, 5);
    }

    @Test
    void isKnownOnlyWhenTheDriverIsThere() {
        hall.add("x", "profile", "sht31");
        assertThat(hall.state("x")).isInstanceOf(DeviceState.WaitingForDriver.class);
        hall.bind(driver);
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(chip()).isEqualTo("sht31");
        assertThat(driver.log.stream().filter("open"::equals)).hasSize(1);
    }

    @Test
    void isUnknownToADriverThatDoesNotHaveIt() {
        hall.add("x", "profile", "bme280");
        hall.bind(driver);
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(hall.state("x").detail())
                .isEqualTo("profile: bme280 (expected: a profile, that is a file headgate.profile-bme280.cfg, or one"
                        + " that the driver fake has)");
        assertThat(driver.log).isEmpty();
    }

    @Test
    void anotherVersionOfTheDriverMayBringAnother() {
        hall.bind(driver);
        hall.add("x", "profile", "sht31");
        hall.system.advance(Duration.ofSeconds(1));
        hall.unbind(driver);
        FakeDriver next = new FakeDriver();
        next.profiles = Map.of("sht31", Map.of("chip", "sht35"));
        hall.bind(next);
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(next.opened.orElseThrow().options()).containsEntry("chip", "sht35");
    }

    @Test
    void theDevicesOwnKeysAndTheUsersOwnProfileAreStronger() {
        hall.bind(driver);
        hall.add("x", "profile", "sht31", "chip", "sht30");
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(chip()).isEqualTo("sht30");
        hall.add("y", "profile", "sht31");
        Profile users = Hall.profile("sht31", "chip", "mine");
        hall.registry.add(users);
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(chip()).isEqualTo("mine");
        hall.registry.remove(users);
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(hall.state("y")).isInstanceOf(DeviceState.Online.class);
        assertThat(chip()).isEqualTo("sht31");
    }

    @Test
    void aDriverThatFailsAtItHasNone() {
        driver.profiles = null;
        hall.bind(driver);
        hall.add("x", "profile", "sht31");
        hall.add("z");
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Invalid.class);
        assertThat(hall.state("z")).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void aSecondBundleThatTakesOverBringsItsOwn() {
        hall.bind(driver);
        FakeDriver second = new FakeDriver();
        second.profiles = Map.of("sht31", Map.of("chip", "second"));
        hall.bind(second);
        hall.add("x", "profile", "sht31");
        hall.system.advance(Duration.ofSeconds(1));
        hall.unbind(driver);
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(second.opened.orElseThrow().options()).containsEntry("chip", "second");
    }

    @Test
    void theSimulatorStandsInForADeviceWithOneWheneverItComes() {
        hall.bind(driver);
        hall.add("x", "profile", "sht31");
        hall.registry.simulate(new StandIns(false, Set.of("x"), Optional.empty()));
        hall.system.advance(Duration.ofSeconds(1));
        FakeDriver simulator = new FakeDriver("simulator");
        hall.bind(simulator);
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(simulator.log).contains("open");
    }
}
