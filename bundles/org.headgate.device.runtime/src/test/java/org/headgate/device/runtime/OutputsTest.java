package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Origin;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceState;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** Writing: what is let through, what the device gets, and in which state its outputs are left. */
class OutputsTest {
    private static final String[] SAFE = {
        "channel.pump",
        "pump bool access=rw safe=false",
        "channel.valve",
        "valve uint16 access=w scale=0.1 min=0 max=100 safe=5"
    };

    private final MemoryStorage disk = new MemoryStorage();
    private final Hall hall = new Hall(disk);
    private final FakeDriver driver = new FakeDriver();

    @Test
    void refusesWhatIsNotThereNotWritableNotOfTheTypeOrOutOfRange() {
        connected();
        driver.log.clear();
        assertThat(hall.write("y", "pump", "on"))
                .isEqualTo("REFUSED no device y; did you mean x? device:list shows them");
        assertThat(hall.write("x", "temperature", "5"))
                .isEqualTo("REFUSED temperature is read-only; writable: pump, level");
        assertThat(hall.write("x", "pumpe", "5"))
                .isEqualTo("REFUSED device x has no channel pumpe; writable: pump, level");
        assertThat(hall.write("x", "level", "101")).isEqualTo("REFUSED level: 101 (expected: from 0 to 100)");
        assertThat(hall.write("x", "level", "full")).isEqualTo("REFUSED level: full (expected: a whole number)");
        assertThat(driver.log).isEmpty();
    }

    @Test
    void aWriteIsReadBackAtOnceAndPublished() {
        hall.add("x", "poll", "1h");
        hall.bind(driver);
        int before = hall.rows("x").size();
        assertThat(hall.write("x", "pump", "on")).isEqualTo("pump = true");
        assertThat(hall.rows("x")).hasSize(before + 1);
        assertThat(hall.last("x").asBoolean(1)).isTrue();
        assertThat(hall.last("x").quality(0)).isEqualTo(Quality.ABSENT);
    }

    @Test
    void aScaledOutputGetsTheRawValue() {
        connected(SAFE);
        assertThat(hall.write("x", "valve", "42.5")).isEqualTo("valve = 42.5");
        assertThat(driver.values.get("valve")).isEqualTo(425L);
        assertThat(hall.write("x", "valve", "100.1")).startsWith("REFUSED valve: 100.1 (expected: from 0 to 100)");
    }

    @Test
    void aMaskedWriteLeavesTheOtherBitsAlone() {
        driver.values.put("r", 0xABCDL);
        connected("channel.mode", "r uint16 mask=0x0F00 shift=8 access=rw");
        assertThat(hall.write("x", "mode", "3")).isEqualTo("mode = 3");
        assertThat(driver.values.get("r")).isEqualTo(0xA3CDL);
        assertThat(hall.write("x", "mode", "16")).startsWith("REFUSED mode: 16");
        assertThat(driver.values.get("r")).isEqualTo(0xA3CDL);
    }

    @Test
    void aValueThatTheDeviceRefusesFailsTheWriteAndNotTheConnection() {
        connected();
        driver.onWrite = device -> {
            throw new IOException("exception 3: illegal value");
        };
        assertThat(hall.write("x", "pump", "on")).isEqualTo("FAILED exception 3: illegal value");
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(driver.log).doesNotContain("close");
    }

    @Test
    void aValueThatTheDevicesOwnTypeCannotHoldIsRefusedBeforeAnybodyIsAsked() {
        connected("channel.set", "sp int16 access=rw");
        driver.log.clear();
        assertThat(hall.write("x", "set", "70000")).startsWith("REFUSED set: 70000 (expected: ");
        assertThat(driver.log).isEmpty();
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void aWriteThatExpiresWhileItWaitsIsNotCarriedOut() {
        connected();
        driver.onRead = device -> hall.system.spend(Duration.ofMillis(1900));
        hall.system.advance(Duration.ofMillis(1500));
        long expires = hall.system.epochNanos() + 100_000_000;
        var late = hall.registry
                .write(new Command(
                        "1",
                        "device.write",
                        Map.of("device", "x", "channel", "pump", "value", "on"),
                        Origin.cloud("main"),
                        OptionalLong.of(expires)))
                .toCompletableFuture();
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(late.join().status()).isEqualTo(CommandResult.Status.REFUSED);
        assertThat(late.join().message()).isEqualTo("expired while it waited for the device");
        assertThat(driver.values).containsEntry("pump", false);
    }

    @Test
    void aFloodOfWritesIsBoundedAndTheRestRefused() {
        connected();
        driver.onWrite = device -> hall.system.spend(Duration.ofSeconds(1));
        for (int i = 0; i < 64; i++) {
            hall.submit("x", "level", String.valueOf(i));
        }
        hall.system.run();
        var first = hall.submit("x", "level", "1");
        var second = hall.submit("x", "level", "2");
        hall.system.run();
        assertThat(first).isNotDone();
        assertThat(second.join().message()).isEqualTo("more than 64 writes wait for the device");
        hall.system.advance(Duration.ofMinutes(2));
        assertThat(first.join().message()).isEqualTo("waited 30 s for the device");
    }

    @Test
    void aWriteThatHadBegunWhenTheDeviceWasStoppedIsNotSaidToBeUndone() {
        DeviceFile file = hall.add("x");
        hall.bind(driver);
        driver.onWrite = device -> hall.system.spend(Duration.ofSeconds(1));
        var begun = hall.submit("x", "pump", "on");
        var waits = hall.submit("x", "level", "5");
        hall.system.run();
        hall.remove(file);
        assertThat(begun.join().status()).isEqualTo(CommandResult.Status.FAILED);
        assertThat(begun.join().message()).isEqualTo("the device was stopped; the value may have been written or not");
        assertThat(waits.join().status()).isEqualTo(CommandResult.Status.REFUSED);
    }

    @Test
    void aDeviceOfWhichNothingCanBeReadIsGivenUpAfterTwoFailedWrites() {
        driver.own = List.of(new Channel("pump", "pump", Type.BOOLEAN, "", Access.WRITE, Map.of()));
        connected();
        driver.onWrite = device -> {
            throw new IOException("no answer");
        };
        hall.write("x", "pump", "on");
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        hall.write("x", "pump", "on");
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Offline.class);
    }

    @Test
    void anOutputThatThrowsLeavesNoOtherOneAsItIs() {
        DeviceFile file = hall.add("x", SAFE);
        hall.bind(driver);
        hall.write("x", "pump", "on");
        driver.log.clear();
        boolean[] first = {true};
        driver.onWrite = device -> {
            if (first[0]) {
                first[0] = false;
                throw new IllegalStateException("a defect");
            }
        };
        hall.remove(file);
        assertThat(driver.log).containsExactly("write pump=false", "write valve=50", "close");
        assertThat(hall.events)
                .anyMatch(event ->
                        event.state().equals("UNSAFE") && event.detail().contains("a defect"));
    }

    @Test
    void aDriverThatComesBackMakesSafeWhatItCouldNotWhenItLeft() {
        connected(SAFE);
        hall.write("x", "pump", "on");
        driver.onWrite = device -> {
            throw new IOException("the cable is out");
        };
        hall.unbind(driver);
        driver.onWrite = device -> {};
        driver.log.clear();
        hall.bind(driver);
        assertThat(driver.log).startsWith("open", "write pump=false", "write valve=50");
        assertThat(driver.values).containsEntry("pump", false);
    }

    @Test
    void stoppingWritesTheSafeStatesBeforeItCloses() throws IOException {
        DeviceFile file = hall.add("x", SAFE);
        hall.bind(driver);
        hall.write("x", "pump", "on");
        driver.log.clear();
        hall.remove(file);
        assertThat(driver.log).containsExactly("write pump=false", "write valve=50", "close");
        assertThat(disk.in("outputs").list()).as("the marks on disk").isEmpty();
    }

    @Test
    void aDriverThatIsRemovedLeavesSafeOutputsToo() {
        connected(SAFE);
        hall.write("x", "pump", "on");
        hall.unbind(driver);
        assertThat(driver.values).containsEntry("pump", false).containsEntry("valve", 50L);
    }

    @Test
    void aReconnectLeavesTheOutputsAsTheyWereCommanded() {
        connected(SAFE);
        hall.write("x", "pump", "on");
        driver.onRead = device -> {
            throw new IOException("a short break");
        };
        hall.system.advance(Duration.ofSeconds(1));
        driver.onRead = device -> {};
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(hall.state("x")).isInstanceOf(DeviceState.Online.class);
        assertThat(driver.values).containsEntry("pump", true);
    }

    @Test
    void afterACrashTheSafeStatesAreWrittenFirstOfAll() {
        connected(SAFE);
        hall.write("x", "pump", "on");
        Hall next = new Hall(disk.crash(1));
        driver.log.clear();
        next.add("x", SAFE);
        next.bind(driver);
        assertThat(driver.log).startsWith("open", "write pump=false", "write valve=50", "read");
        assertThat(next.events).anyMatch(event -> event.state().equals("MADE_SAFE"));
        Hall third = new Hall(disk.crash(2));
        assertThat(third.events).isEmpty();
    }

    @Test
    void withoutACrashNothingIsWrittenAtTheStart() {
        DeviceFile file = hall.add("x", SAFE);
        hall.bind(driver);
        hall.write("x", "pump", "on");
        hall.remove(file);
        driver.log.clear();
        Hall next = new Hall(disk);
        next.add("x", SAFE);
        next.bind(driver);
        assertThat(driver.log).containsExactly("open", "read");
    }

    @Test
    void anOutputThatCouldNotBeMadeSafeIsRememberedForTheNextStart() {
        DeviceFile file = hall.add("x", SAFE);
        hall.bind(driver);
        hall.write("x", "pump", "on");
        driver.onWrite = device -> {
            throw new IOException("the cable is out");
        };
        hall.remove(file);
        driver.onWrite = device -> {};
        driver.log.clear();
        hall.add("x", SAFE);
        hall.system.run();
        assertThat(driver.log).startsWith("open", "write pump=false", "write valve=50");
    }

    @Test
    void nothingIsWrittenBesideACallThatHangs() {
        DeviceFile file = hall.add("x", SAFE);
        hall.bind(driver);
        hall.write("x", "pump", "on");
        driver.onRead = device -> {
            throw new SimulatedSystem.Hang();
        };
        hall.system.advance(Duration.ofMillis(1100));
        driver.log.clear();
        hall.remove(file);
        hall.system.advance(Duration.ofSeconds(5));
        assertThat(driver.log).containsExactly("close");
    }

    @Test
    void aDiskThatTakesNoMarkStopsNoWrite() {
        connected(SAFE);
        disk.failFrom(disk.operations(), "No space left on device", true);
        assertThat(hall.write("x", "pump", "on")).isEqualTo("pump = true");
    }

    private void connected(String... pairs) {
        hall.add("x", pairs);
        hall.bind(driver);
    }
}
