package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.headgate.device.api.ActionNeededException;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.Supervision;
import org.headgate.stream.api.Event;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** Devices that do not answer: never given up, never stormed at, and no more threads lost on them than two. */
class SupervisionTest {
    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();

    @Test
    void aDeadDeviceIsTriedAgainForEverWithGrowingPausesUpToAMinute() {
        driver.onOpen = device -> {
            throw new IOException("connection refused by the peer");
        };
        connected();
        assertThat(hall.state("x").detail()).startsWith("connection refused by the peer; next try in 0.");
        hall.system.advance(Duration.ofHours(1));
        assertThat(driver.log.size()).isBetween(60, 130);
        Supervision seen = hall.status("x").supervision();
        assertThat(seen.failures()).isEqualTo(driver.log.size());
        assertThat(seen.tries()).isEqualTo(driver.log.size());
        assertThat(seen.connections()).isZero();
        assertThat(seen.lastError()).isEqualTo("connection refused by the peer");
        assertThat(seen.lastErrorNanos()).isBetween(SimulatedSystem.START_NANOS, hall.system.epochNanos());
        assertThat(seen.nextTryNanos() - hall.system.epochNanos()).isBetween(0L, 60_000_000_000L);
        driver.onOpen = device -> {};
        hall.system.advance(Duration.ofMinutes(1));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(hall.status("x").supervision().tries()).isZero();
        assertThat(hall.status("x").supervision().nextTryNanos()).isZero();
        assertThat(hall.status("x").supervision().connections()).isEqualTo(1);
    }

    @Test
    void aDeviceThatWaitsForADecisionSaysWhatToTypeAndComesBackAfterIt() {
        driver.onOpen = device -> {
            throw new ActionNeededException("server certificate 3F:A2 is unknown", "opcua:trust press");
        };
        connected();
        assertThat(hall.state("x"))
                .isEqualTo(new DeviceState.ActionNeeded("server certificate 3F:A2 is unknown", "opcua:trust press"));
        hall.system.advance(Duration.ofHours(1));
        assertThat(hall.events)
                .extracting(Event::state)
                .filteredOn("ACTION_NEEDED"::equals)
                .hasSize(1);
        driver.onOpen = device -> {};
        hall.system.advance(Duration.ofMinutes(1));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void aHallOfDevicesThatFailTogetherComesBackSpreadInTime() {
        driver.onOpen = device -> {
            throw new IOException("the switch is off");
        };
        hall.bind(driver);
        for (int i = 0; i < 50; i++) {
            hall.add("x" + i);
        }
        hall.system.advance(Duration.ofMinutes(10));
        long distinct = hall.registry.list().stream()
                .map(device -> device.supervision().nextTryNanos())
                .distinct()
                .count();
        assertThat(distinct).isGreaterThan(45);
    }

    @Test
    void aHungReadTimesOutIsClosedAndComesBackByItself() {
        connected();
        driver.onRead = device -> {
            throw new SimulatedSystem.Hang();
        };
        hall.system.advance(Duration.ofMillis(2999));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Offline.class);
        assertThat(hall.status("x").supervision().lastError()).isEqualTo("no answer");
        assertThat(hall.status("x").supervision().stuck()).isPositive();
        assertThat(driver.log).contains("close");
        driver.onRead = device -> {};
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void aDriverThatHangsForEverCostsTwoThreadsAndComesBackAtOnceWhenItLetsGo() {
        driver.onRead = device -> {
            throw new SimulatedSystem.Hang();
        };
        connected();
        hall.system.advance(Duration.ofHours(10));
        assertThat(hall.status("x").supervision().stuck()).isEqualTo(2);
        assertThat(hall.state("x").detail()).startsWith("its driver hangs inside of 2 calls; next try in ");
        long reads = driver.log.stream().filter("read"::equals).count();
        assertThat(reads).isEqualTo(2);
        driver.onRead = device -> {};
        hall.system.releaseHung();
        hall.system.advance(Duration.ofMillis(2));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(hall.status("x").supervision().stuck()).isZero();
    }

    @Test
    void aDriverThatHangsInClosingTooCostsNoMoreThreads() {
        driver.onRead = device -> {
            throw new SimulatedSystem.Hang();
        };
        driver.onClose = device -> {
            throw new SimulatedSystem.Hang();
        };
        connected();
        hall.system.advance(Duration.ofHours(1));
        assertThat(hall.status("x").supervision().stuck()).isEqualTo(2);
        assertThat(driver.log.stream().filter("open"::equals)).hasSize(1);
        driver.onRead = device -> {};
        driver.onClose = device -> {};
        hall.system.releaseHung();
        hall.system.advance(Duration.ofMillis(2));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void aDeviceThatAnswersSlowlyLeavesPollsOutAndCountsThem() {
        driver.onRead = device -> hall.system.spend(Duration.ofMillis(350));
        connected();
        hall.registry.resetPolls();
        hall.add("y", "poll", "100ms");
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(hall.state("y")).isInstanceOf(DeviceState.Online.class);
        assertThat(hall.registry.polls().missed()).isBetween(60L, 80L);
        assertThat(hall.rows("y")).hasSizeBetween(24, 29);
        assertThat(hall.registry.polls().worstNanos()).isBetween(50_000_000L, 350_000_000L);
    }

    @Test
    void aDriverThatGoesWhileItHangsIsForgottenAndHoldsNothingUp() {
        connected();
        driver.onRead = device -> {
            throw new SimulatedSystem.Hang();
        };
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(hall.unbind(driver))
                .as("closing does not wait for what hangs")
                .isTrue();
        assertThat(hall.state("x")).isInstanceOf(DeviceState.WaitingForDriver.class);
        FakeDriver next = new FakeDriver();
        hall.bind(next);
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
    }

    private void connected() {
        hall.add("x");
        hall.bind(driver);
    }
}
