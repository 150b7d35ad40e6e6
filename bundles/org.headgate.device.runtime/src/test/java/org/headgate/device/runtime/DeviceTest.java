package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.headgate.command.api.CommandResult;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.stream.api.Event;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** One device from its file to its rows, and what happens when something on the way fails. */
class DeviceTest {
    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();

    @Test
    void waitsForItsDriverThenConnectsAndPolls() {
        hall.add("x", "poll", "250ms");
        assertThat(hall.state("x")).isInstanceOf(DeviceState.WaitingForDriver.class);
        hall.bind(driver);
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(hall.rows("x")).hasSizeBetween(41, 42);
        assertThat(hall.last("x").toString()).contains("temperature=21.5 pump=false level=7");
        assertThat(hall.flow("x").emitted()).isEqualTo(hall.rows("x").size());
        assertThat(hall.flow("x").imbalance()).isZero();
    }

    @Test
    void tellsEachChangeOnceAsAnEvent() {
        hall.add("x");
        hall.bind(driver);
        hall.system.advance(Duration.ofSeconds(3));
        hall.unbind(driver);
        assertThat(hall.events)
                .allMatch(event ->
                        event.kind() == Event.Kind.DEVICE && event.source().equals("x"))
                .extracting(Event::state)
                .containsExactly("WAITING_FOR_DRIVER", "CONNECTING", "ONLINE", "WAITING_FOR_DRIVER");
    }

    @Test
    void wrongValuesAreAllNamedAtOnce() {
        hall.bind(driver);
        hall.add("x", "poll", "often", "timeout", "0s", "channel.x", "a b c", "profile", "meter");
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Invalid.class);
        assertThat(hall.state("x").detail())
                .contains("poll: often (expected: a duration such as 500ms, 10s, 5m or 2h, from 10ms to 366d)")
                .contains("timeout: 0s (expected: ")
                .contains(
                        "profile: meter (expected: a profile, that is a file headgate.profile-meter.cfg, or one that the driver fake has)")
                .contains("channel.x: a b c (expected: ");
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(driver.log).isEmpty();
    }

    @Test
    void aDriverThatRefusesASettingMakesItInvalidForGood() {
        driver.onOpen = device -> {
            throw new InvalidSettingException("address", "nowhere", "HOST:PORT");
        };
        connected();
        assertThat(hall.state("x").detail()).isEqualTo("address: nowhere (expected: HOST:PORT)");
        hall.system.advance(Duration.ofHours(1));
        assertThat(driver.log).containsExactly("open");
    }

    @Test
    void aFailedChannelIsBadAndTheDeviceDegradedWhileTheOthersGoOn() {
        driver.badChannel = "level";
        connected();
        assertThat(hall.state("x")).isEqualTo(new DeviceState.Degraded("level: the wire is broken"));
        assertThat(hall.last("x").quality(2)).isEqualTo(Quality.BAD);
        assertThat(hall.last("x").asDouble(0)).isEqualTo(21.5);
        driver.badChannel = "";
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void losesItsDriverAndGetsItBackWithoutARestart() {
        connected();
        assertThat(hall.unbind(driver)).isTrue();
        assertThat(hall.state("x")).isEqualTo(new DeviceState.WaitingForDriver("fake"));
        assertThat(driver.open).isZero();
        int before = hall.rows("x").size();
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(hall.rows("x")).hasSize(before);
        hall.bind(driver);
        hall.system.advance(Duration.ofSeconds(2));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(hall.rows("x").size()).isGreaterThan(before);
    }

    @Test
    void aSecondBundleWithTheSameDriverTakesOverWhenTheFirstOneLeaves() {
        connected();
        FakeDriver next = new FakeDriver();
        hall.bind(next);
        hall.system.advance(Duration.ofSeconds(2));
        assertThat(next.log).isEmpty();
        hall.unbind(driver);
        hall.system.advance(Duration.ofSeconds(2));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(driver.open).isZero();
        assertThat(next.open).isEqualTo(1);
    }

    @Test
    void aDeviceThatIsNotConnectedRefusesAtOnceAndSaysWhy() {
        hall.add("x", "enabled", "false");
        assertThat(hall.write("x", "pump", "on")).isEqualTo("REFUSED device x is DISABLED");
        hall.bind(driver);
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(driver.log).isEmpty();
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Disabled.class);
    }

    @Test
    void aNameThatIsTakenIsInvalidUntilItIsFree() throws Exception {
        var rule = hall.bus.publisher("x");
        hall.bind(driver);
        hall.add("x");
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(hall.state("x").detail()).isEqualTo("name: x (expected: a name that no other device or rule has)");
        assertThat(driver.log).isEmpty();
        rule.close();
        hall.system.advance(Duration.ofSeconds(2));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void aProfileThatComesLaterMakesItsDevicesWork() {
        hall.bind(driver);
        hall.add("x", "profile", "meter");
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Invalid.class);
        hall.registry.add(Hall.profile("meter", "channel.extra", "level int16 scale=0.5", "poll", "500ms"));
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        int extra = hall.last("x").schema().indexOf("extra");
        assertThat(hall.last("x").asDouble(extra)).isEqualTo(3.5);
        assertThat(hall.rows("x")).hasSizeBetween(20, 22);
    }

    @Test
    void timesBeyondAllReasonAreRefusedBeforeTheyOverflow() {
        hall.bind(driver);
        hall.add("x", "poll", "200000d", "timeout", "200000d", "poll.offset", "200000d");
        assertThat(hall.state("x").detail())
                .contains("poll: 200000d")
                .contains("timeout: 200000d")
                .contains("poll.offset: ");
    }

    @Test
    void whoeverFollowsTheEventsHearsThatADeviceIsNoMore() {
        DeviceFile file = hall.add("x");
        hall.remove(file);
        assertThat(hall.events).extracting(Event::state).endsWith("STOPPED");
    }

    @Test
    void aBufferThatTheDriverUsesAgainChangesNoRow() {
        byte[] buffer = {1, 2, 3};
        driver.values.put("frame", buffer);
        hall.add("x", "channel.frame", "frame bytes");
        hall.bind(driver);
        buffer[0] = 9;
        assertThat((byte[]) hall.last("x").object(3)).containsExactly(1, 2, 3);
    }

    @Test
    void aProfileForAnotherDriverIsRefused() {
        hall.registry.add(Hall.profile("meter", "driver", "modbus", "channel.extra", "level"));
        hall.add("x", "profile", "meter");
        assertThat(hall.state("x").detail()).isEqualTo("profile: meter (expected: a profile for fake, not for modbus)");
        hall.add("y", "profile", "meter", "driver", "modbus");
        assertThat(hall.state("y")).isEqualTo(new DeviceState.WaitingForDriver("modbus"));
    }

    @Test
    void aReadThatGivesNothingIsNoRow() {
        driver.values.clear();
        connected();
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(hall.rows("x")).isEmpty();
        assertThat(hall.flow("x").filtered()).isPositive();
        assertThat(hall.flow("x").imbalance()).isZero();
    }

    @Test
    void whatHasStoppedIsClosedEvenWhenItWasStillOpening() {
        driver.onOpen = device -> hall.system.spend(Duration.ofMillis(500));
        hall.bind(driver);
        DeviceFile file = hall.add("x");
        assertThat(driver.open).isEqualTo(1);
        assertThat(hall.remove(file)).isFalse();
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(driver.log).containsExactly("open", "close");
    }

    @Test
    void aConnectionThatOpensTooLateIsClosed() {
        boolean[] hangs = {true};
        driver.onOpen = device -> {
            if (hangs[0]) {
                throw new SimulatedSystem.Hang();
            }
        };
        connected();
        hall.system.advance(Duration.ofMillis(2100));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Offline.class);
        hangs[0] = false;
        hall.system.releaseHung();
        assertThat(driver.log).containsExactly("open", "open", "close");
        assertThat(driver.open).isZero();
    }

    @Test
    void writesGoAheadOfReads() {
        connected();
        driver.log.clear();
        CompletableFuture<Row> read1 = hall.registry.read("x").toCompletableFuture();
        CompletableFuture<Row> read2 = hall.registry.read("x").toCompletableFuture();
        CompletableFuture<CommandResult> write = hall.submit("x", "pump", "on");
        hall.system.run();
        assertThat(write.join().message()).isEqualTo("pump = true");
        assertThat(driver.log).startsWith("read", "write pump=true", "read");
        assertThat(read1.join().asBoolean(1)).isFalse();
        assertThat(read2.join().asBoolean(1)).isTrue();
    }

    @Test
    void aDriverThatThrowsWhatItMayNotIsTriedAgainLikeADeadDevice() {
        boolean[] broken = {true};
        driver.onRead = device -> {
            if (broken[0]) {
                throw new IllegalStateException("a defect");
            }
        };
        connected();
        assertThat(hall.state("x").detail()).startsWith("a defect; next try in ");
        broken[0] = false;
        hall.system.advance(Duration.ofSeconds(3));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        driver.onRead = device -> {
            throw new IOException("the peer went away");
        };
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(hall.state("x").detail()).startsWith("the peer went away; ");
    }

    private void connected() {
        hall.add("x");
        hall.bind(driver);
    }
}
