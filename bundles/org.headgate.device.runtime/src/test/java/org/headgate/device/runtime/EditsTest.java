package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.Instance;
import org.headgate.device.api.DeviceState;
import org.headgate.device.channels.Profile;
import org.headgate.stream.api.Event;
import org.junit.jupiter.api.Test;

/** While a gateway runs its files are edited: what is said of the devices meanwhile must be true, and worth saying. */
class EditsTest {
    private static final String[] OF_A_METER = {"profile", "meter"};

    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();

    @Test
    void anEditedDeviceDoesNotWaitForADriverThatIsThere() {
        hall.bind(driver);
        DeviceFile file = hall.add("x");
        hall.system.advance(Duration.ofSeconds(3));
        hall.remove(file);
        hall.add("x", "poll", "500ms");
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(states()).containsExactly("CONNECTING", "ONLINE", "STOPPED", "CONNECTING", "ONLINE");
    }

    @Test
    void eachDeviceSaysItsFirstStateOnce() {
        hall.add("waiting");
        hall.bind(driver);
        hall.add("off", "enabled", "false");
        hall.add("wrong", "poll", "often");
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(states("waiting")).containsExactly("WAITING_FOR_DRIVER", "CONNECTING", "ONLINE");
        assertThat(states("off")).containsExactly("DISABLED");
        assertThat(states("wrong")).containsExactly("INVALID");
    }

    @Test
    void aProfileThatIsGoneForAMomentIsNoAlarm() {
        hall.bind(driver);
        Profile profile = Hall.profile("meter");
        hall.registry.add(profile);
        hall.add("x", OF_A_METER);
        hall.registry.remove(profile);
        hall.system.advance(Device.PROFILE_PATIENCE.minusMillis(1));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Invalid.class);
        hall.registry.add(Hall.profile("meter", "poll", "5s"));
        hall.system.advance(Duration.ofMinutes(1));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(states()).doesNotContain("INVALID").endsWith("CONNECTING", "ONLINE");
    }

    @Test
    void aProfileThatStaysAwayIsOneAlarm() {
        hall.bind(driver);
        hall.add("x", OF_A_METER);
        hall.system.advance(Device.PROFILE_PATIENCE.minusMillis(1));
        assertThat(states()).isEmpty();
        hall.system.advance(Duration.ofMinutes(1));
        assertThat(states()).containsExactly("INVALID");
    }

    @Test
    void anEditOfAProfileStopsItsDevicesOnce() {
        hall.bind(driver);
        ProfileInstance instance = new ProfileInstance(hall.registry, meter("1s"));
        hall.add("x", OF_A_METER);
        hall.system.advance(Duration.ofSeconds(3));
        instance.edited(meter("5s"));
        hall.system.advance(Duration.ofSeconds(20));
        assertThat(states()).containsExactly("CONNECTING", "ONLINE", "STOPPED", "CONNECTING", "ONLINE");
        assertThat(hall.last("x").timeNanos()
                        - hall.rows("x").get(hall.rows("x").size() - 2).timeNanos())
                .isEqualTo(5_000_000_000L);
        instance.stop();
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Invalid.class);
    }

    private List<String> states() {
        return states("x");
    }

    private List<String> states(String device) {
        return hall.events.stream()
                .filter(event -> event.source().equals(device))
                .map(Event::state)
                .toList();
    }

    private static Map<String, Object> meter(String poll) {
        return Map.of(
                Instance.NAME,
                "meter",
                Instance.FILE,
                "headgate.profile-meter.cfg",
                Instance.KEYS,
                new String[] {"poll"},
                "poll",
                poll);
    }
}
