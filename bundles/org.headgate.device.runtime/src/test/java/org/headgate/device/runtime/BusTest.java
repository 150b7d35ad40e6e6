package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.headgate.device.api.DeviceState;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** Devices on one line take turns, and the dead cost the living next to nothing (EdgeX device-modbus-go#629, #684, #685). */
class BusTest {
    /** Beyond the device's time-out of 2 s. */
    private static final Duration DEAD = Duration.ofMillis(2500);

    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();
    private final List<String> dead = new ArrayList<>();
    private Duration read = Duration.ofMillis(30);
    private long busyUntil;
    private int overlaps;

    BusTest() {
        driver.bus = "/dev/ttyUSB0";
        driver.onRead = device -> {
            overlaps += hall.system.monotonicNanos() < busyUntil ? 1 : 0;
            Duration takes = dead.contains(device) ? DEAD : read;
            hall.system.spend(takes);
            busyUntil = hall.system.monotonicNanos() + Math.min(takes.toNanos(), 2_000_000_000L);
        };
        hall.bind(driver);
    }

    @Test
    void onlyOneOfThemIsAskedAtATime() {
        fill(20);
        hall.system.advance(Duration.ofMinutes(1));
        assertThat(overlaps).isZero();
        assertThat(driver.log.stream().filter("read"::equals).count()).isGreaterThan(1100);
        assertThat(hall.status("d3").bus()).isEqualTo("/dev/ttyUSB0");
    }

    @Test
    void withoutACommonBusTheyDoNotWaitForEachOther() {
        driver.bus = "";
        fill(20);
        hall.system.advance(Duration.ofMinutes(1));
        assertThat(overlaps).isPositive();
    }

    @Test
    void theFileMayNameTheBusThatTheDriverCannotKnow() {
        driver.bus = "";
        for (int i = 0; i < 20; i++) {
            hall.add("d" + i, "bus", "line-1");
        }
        hall.system.advance(Duration.ofMinutes(1));
        assertThat(overlaps).isZero();
        assertThat(hall.status("d3").bus()).isEqualTo("line-1");
    }

    @Test
    void oneDeadOfThirtyCostsTheOthersLessThanFivePercentOfTheirRate() {
        // 30 devices of 30 ms at 1 s use 90 % of the line; each try to reach the dead one costs another 2 s.
        fill(30);
        hall.system.advance(Duration.ofMinutes(2));
        long before = rowsIn(Duration.ofMinutes(10), "d7");
        dead.add("d7");
        hall.system.advance(Duration.ofMinutes(1));
        long after = rowsIn(Duration.ofMinutes(10), "d7");
        assertThat(after).isGreaterThan((long) (before * 0.95));
        assertThat(hall.state("d7")).isInstanceOf(DeviceState.Offline.class);
        dead.clear();
        hall.system.advance(Duration.ofMinutes(2));
        assertThat(hall.state("d7")).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void whoWasDeadIsReachedAgainWhereTheLineIsTooSlowForItsPolls() {
        // 30 devices of 45 ms at 1 s want 135 % of the line: there is always a poll that waits.
        read = Duration.ofMillis(45);
        fill(30);
        dead.add("d7");
        hall.system.advance(Duration.ofMinutes(2));
        assertThat(hall.state("d7")).isInstanceOf(DeviceState.Offline.class);
        dead.clear();
        hall.system.advance(Duration.ofMinutes(3));
        assertThat(hall.state("d7")).isInstanceOf(DeviceState.Online.class);
    }

    @Test
    void tenDeadOfThirtyTogetherCostNoMoreThanOne() {
        // The other 20 need 90 % of the line.
        read = Duration.ofMillis(45);
        fill(30);
        hall.system.advance(Duration.ofMinutes(2));
        for (int i = 0; i < 10; i++) {
            dead.add("d" + i);
        }
        hall.system.advance(Duration.ofMinutes(2));
        long after = rowsIn(Duration.ofMinutes(10), "d0 d1 d2 d3 d4 d5 d6 d7 d8 d9");
        assertThat(after).isGreaterThan((long) (20 * 600 * 0.95));
    }

    @Test
    void theSameHoldsForThoseThatCannotEvenBeOpened() {
        read = Duration.ofMillis(45);
        driver.onOpen = device -> hall.system.spend(dead.contains(device) ? DEAD : Duration.ZERO);
        for (int i = 0; i < 10; i++) {
            dead.add("d" + i);
        }
        fill(30);
        hall.system.advance(Duration.ofMinutes(5));
        long after = rowsIn(Duration.ofMinutes(10), "");
        assertThat(after).isGreaterThan((long) (20 * 600 * 0.95));
    }

    @Test
    void whenAllAreDeadTheyAreTriedAsOftenAsOneWouldBe() {
        fill(3);
        dead.addAll(List.of("d0", "d1", "d2"));
        hall.system.advance(Duration.ofMinutes(10));
        driver.log.clear();
        hall.system.advance(Duration.ofMinutes(10));
        assertThat(driver.log.stream().filter("read"::equals).count()).isBetween(30L, 63L);
        dead.clear();
        hall.system.advance(Duration.ofMinutes(1));
        assertThat(hall.registry.list()).allMatch(device -> device.state() instanceof DeviceState.Online);
    }

    @Test
    void aWriteWaitsForNothingButTheCallThatRuns() {
        // More than the line can carry: there is always somebody waiting.
        read = Duration.ofMillis(45);
        fill(30);
        hall.system.advance(Duration.ofSeconds(10));
        long asked = hall.system.monotonicNanos();
        var answer = hall.submit("d29", "pump", "on");
        while (!answer.isDone()) {
            hall.system.advance(Duration.ofMillis(1));
        }
        assertThat(answer.join().isDone()).isTrue();
        assertThat(hall.system.monotonicNanos() - asked).isLessThanOrEqualTo(read.toNanos() + 1_000_000);
    }

    @Test
    void writesToADeadDeviceDoNotTakeTheBusFromTheLiving() {
        FakeDriver.Step unanswered = device -> {
            if (device.equals("d0")) {
                hall.system.spend(Duration.ofMillis(480));
                throw new IOException("no answer within 480 ms");
            }
            hall.system.spend(read);
        };
        fill(10);
        hall.system.advance(Duration.ofSeconds(5));
        driver.onRead = unanswered;
        driver.onWrite = unanswered;
        for (int i = 0; i < 50; i++) {
            hall.submit("d0", "pump", "on");
            hall.system.advance(Duration.ofMillis(200));
        }
        long rows = rowsIn(Duration.ofSeconds(10), "d0");
        assertThat(hall.state("d0")).isInstanceOf(DeviceState.Offline.class);
        assertThat(rows).isGreaterThanOrEqualTo(85);
    }

    @Test
    void aHungCallFreesTheBusWhenItsTimeIsOver() {
        fill(5);
        hall.system.advance(Duration.ofSeconds(5));
        FakeDriver.Step healthy = driver.onRead;
        driver.onRead = device -> {
            if (device.equals("d2")) {
                throw new SimulatedSystem.Hang();
            }
            healthy.run(device);
        };
        hall.system.advance(Duration.ofSeconds(5));
        int before = hall.rows("d1").size();
        hall.system.advance(Duration.ofMinutes(1));
        assertThat(hall.rows("d1").size() - before).isBetween(54, 61);
    }

    @Test
    void aDeviceThatIsStoppedWhileItWaitsOrIsServedHandsTheBusOn() {
        List<DeviceFile> files = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            files.add(hall.add("d" + i));
        }
        for (DeviceFile file : files.subList(0, 9)) {
            hall.system.advance(Duration.ofMillis(217));
            hall.remove(file);
        }
        int before = hall.rows("d9").size();
        hall.system.advance(Duration.ofSeconds(10));
        assertThat(hall.rows("d9").size() - before).isBetween(9, 11);
        assertThat(driver.open).isEqualTo(1);
    }

    private void fill(int devices) {
        for (int i = 0; i < devices; i++) {
            hall.add("d" + i);
        }
    }

    private long rowsIn(Duration time, String without) {
        long before = count(without);
        hall.system.advance(time);
        return count(without) - before;
    }

    private long count(String without) {
        return hall.rows.entrySet().stream()
                .filter(entry -> !List.of(without.split(" ")).contains(entry.getKey()))
                .mapToLong(entry -> entry.getValue().size())
                .sum();
    }
}
