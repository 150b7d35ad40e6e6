package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.outbox.api.DropPolicy;
import org.headgate.outbox.api.Durability;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.kit.MemoryDisks;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/** What a log gives up, and when: bytes, age, free disk; and what it does while its disk fails. */
class LimitsTest {
    private final MemoryStorage disk = new MemoryStorage();
    private final Spy spy = new Spy(disk);
    private final MemoryDisks disks = new MemoryDisks(disk);
    private World world = new World(disk, spy, disks);

    private static OutboxSettings settings(
            long maxBytes, long segment, Duration age, long minFree, DropPolicy drop, String folder) {
        return new OutboxSettings(
                maxBytes,
                segment,
                Duration.ofMillis(100),
                1000,
                age,
                minFree,
                drop,
                Durability.ALWAYS,
                folder,
                !folder.isEmpty());
    }

    private static OutboxSettings aged(Duration age) {
        return settings(1 << 20, 4096, age, 0, DropPolicy.OLDEST, "");
    }

    private void fill(int from, int to) {
        for (int i = from; i < to; i++) {
            world.append("a", i);
            if (i % 20 == 19) {
                world.commit();
            }
        }
        world.commit();
    }

    private long dropped(String reason) {
        return world.flow().dropped().getOrDefault(reason, 0L);
    }

    private void restart(OutboxSettings settings) throws IOException {
        MemoryStorage left = world.disk.crash(3);
        world = new World(left);
        world.open(settings);
    }

    @Test
    void rowsThatAreTooOldAreDroppedAsExpiredEvenWhenNoOtherComes() throws IOException {
        world.open(aged(Duration.ofHours(1)));
        fill(0, 100);
        world.system.advance(Duration.ofMinutes(58));
        assertThat(dropped("expired")).isZero();
        world.system.advance(Duration.ofMinutes(4));
        assertThat(dropped("expired")).isEqualTo(100);
        assertThat(world.flow().queued()).isZero();
        fill(100, 101);
        OutboxBatch next = world.drain().get(0);
        assertThat(World.numbers(List.of(next))).containsExactly(100L);
        assertThat(next.dropped()).isEqualTo(Map.of("expired", 100L));
        assertThat(world.folder().list())
                .filteredOn(name -> name.endsWith(".seg"))
                .hasSize(1);
    }

    @Test
    void onlySegmentsWhoseNewestRowIsTooOldExpire() throws IOException {
        world.open(aged(Duration.ofHours(1)));
        fill(0, 400);
        world.system.advance(Duration.ofMinutes(30));
        fill(400, 800);
        world.system.advance(Duration.ofMinutes(32));
        assertThat(dropped("expired")).isBetween(200L, 400L);
        assertThat(World.numbers(world.drain()))
                .hasSize(800 - (int) dropped("expired"))
                .contains(799L);
    }

    @Test
    void ageIsWhatTheGatewayLivedThroughOverRestartsWhateverTheClockSays() throws IOException {
        OutboxSettings settings = aged(Duration.ofHours(1));
        world.open(settings);
        fill(0, 100);
        world.system.step(Duration.ofDays(400));
        world.system.advance(Duration.ofMinutes(30));
        fill(100, 101);
        assertThat(dropped("expired")).isZero();
        restart(settings);
        world.system.step(Duration.ofDays(-800));
        world.system.advance(Duration.ofMinutes(20));
        assertThat(dropped("expired")).isZero();
        world.system.advance(Duration.ofMinutes(45));
        assertThat(dropped("expired")).isEqualTo(101);
    }

    @Test
    void aLogThatGetsNoRowsGrowsOldOverRestartsTooToTheHour() throws IOException {
        OutboxSettings settings = aged(Duration.ofHours(12));
        world.open(settings);
        fill(0, 100);
        world.system.advance(Duration.ofMinutes(310));
        restart(settings);
        world.system.advance(Duration.ofMinutes(310));
        assertThat(dropped("expired")).isZero();
        restart(settings);
        world.system.advance(Duration.ofMinutes(60));
        assertThat(dropped("expired")).isZero();
        world.system.advance(Duration.ofMinutes(90));
        assertThat(dropped("expired")).isEqualTo(100);
    }

    @Test
    void theNewestRowsAreRefusedWhenThePolicySaysSoAndTheOldOnesStay() throws IOException {
        world.open(settings(40_000, 4096, Duration.ZERO, 0, DropPolicy.NEWEST, ""));
        fill(0, 3000);
        long refused = dropped("outbox-full");
        assertThat(refused).isPositive();
        assertThat(world.outbox.list().get(0).bytes()).isLessThanOrEqualTo(40_000);
        List<OutboxBatch> kept = world.drain();
        assertThat(World.numbers(kept)).hasSize((int) (3000 - refused)).startsWith(0L, 1L, 2L);
        assertThat(World.numbers(kept).get(World.numbers(kept).size() - 1)).isEqualTo(2999 - refused);
        // There is room again as soon as what was kept is sent.
        kept.forEach(world.log::acknowledge);
        world.system.advance(Duration.ofSeconds(2));
        fill(3000, 3010);
        List<OutboxBatch> next = world.drain();
        assertThat(World.numbers(next)).hasSize(10);
        assertThat(next.get(0).dropped()).isEqualTo(Map.of("outbox-full", refused));
    }

    @Test
    void neverHasMoreThanItsLimitOnDisk() throws IOException {
        world.open(settings(40_000, 0, Duration.ZERO, 0, DropPolicy.OLDEST, ""));
        for (int i = 0; i < 6000; i++) {
            world.append("a", i);
            if (i % 37 == 0) {
                world.commit();
                assertThat(world.outbox.list().get(0).bytes()).isLessThanOrEqualTo(40_000);
            }
        }
        assertThat(dropped("outbox-full")).isPositive();
    }

    @Test
    void aSingleSegmentThatIsTooLargeIsGivenUpLikeAnyOther() throws IOException {
        world.open(settings(1 << 20, 0, Duration.ZERO, 0, DropPolicy.OLDEST, ""));
        fill(0, 2000);
        world.log.close();
        assertThat(world.folder().list())
                .filteredOn(name -> name.endsWith(".seg"))
                .hasSize(1);
        // The user has made the limit smaller than what lies there.
        world.open(settings(20_000, 0, Duration.ZERO, 0, DropPolicy.OLDEST, ""));
        fill(2000, 2010);
        assertThat(world.outbox.list().get(0).bytes()).isLessThanOrEqualTo(20_000);
        assertThat(dropped("outbox-full")).isEqualTo(2000);
        assertThat(world.drain().get(0).dropped()).isEqualTo(Map.of("outbox-full", 2000L));
    }

    @Test
    void shrinksWhileOthersFillTheDiskAndAsksAtMostOnceASecond() throws IOException {
        long free = 100 << 20;
        spy.counters().free = free;
        world.open(settings(32 << 20, 1 << 20, Duration.ZERO, 16 << 20, DropPolicy.OLDEST, ""));
        for (int i = 0; i < 150_000; i++) {
            world.append("a", i);
            if (i % 1000 == 999) {
                world.system.run();
            }
        }
        world.commit();
        assertThat(spy.counters().asked).isLessThanOrEqualTo(2);
        long before = world.outbox.list().get(0).bytes();
        assertThat(before).isGreaterThan(4 << 20);
        assertThat(dropped("outbox-full")).isZero();
        spy.counters().free = (16 << 20) - (2 << 20);
        world.system.advance(Duration.ofSeconds(2));
        fill(150_000, 150_010);
        assertThat(world.outbox.list().get(0).bytes()).isLessThanOrEqualTo(before - (2 << 20));
        assertThat(dropped("outbox-full")).isPositive();
        assertThat(world.outbox.list().get(0).maxBytes()).isLessThanOrEqualTo(before - (2 << 20));
        assertThat(world.outbox.list().get(0).problem()).startsWith("the disk has less than outbox.min-free");
        // However little is free, it goes on sending.
        spy.counters().free = 0;
        world.system.advance(Duration.ofSeconds(2));
        fill(150_010, 150_020);
        assertThat(world.outbox.list().get(0).bytes()).isLessThanOrEqualTo(1 << 20);
        assertThat(World.numbers(world.drain())).contains(150_019L);
        spy.counters().free = 100 << 20;
        world.system.advance(Duration.ofMinutes(2));
        assertThat(world.outbox.list().get(0).maxBytes()).isEqualTo(32 << 20);
        assertThat(world.outbox.list().get(0).problem()).isEmpty();
    }

    @Test
    void aFailingDiskIsOneEventAtTheBeginningAndOneAtTheEnd() throws IOException {
        world.open(World.SMALL).append("a", 1);
        world.commit();
        for (String message : List.of("No space left on device", "Read-only file system", "Input/output error")) {
            world.events.clear();
            disk.failFrom(disk.operations(), message, true);
            for (int i = 0; i < 50; i++) {
                world.append("a", 2);
                world.commit();
            }
            world.system.advance(Duration.ofMinutes(3));
            assertThat(world.outbox.list().get(0).problem()).startsWith("cannot write: " + message);
            disk.heal();
            world.system.advance(Duration.ofSeconds(31));
            assertThat(world.outbox.list().get(0).problem()).isEmpty();
            assertThat(world.events).extracting("state").containsExactly("FAILING", "RUNNING");
            assertThat(world.events).extracting("source").containsOnly("outbox:cloud");
        }
        assertThat(World.numbers(world.drain())).hasSize(151);
        assertThat(world.flow().dropped()).isEmpty();
    }

    @Test
    void onAFullDiskWhatWasSentIsDeletedAndMakesRoom() throws IOException {
        world.open(World.SMALL);
        fill(0, 2000);
        int before = world.folder().list().size();
        disk.capacity(0);
        List<OutboxBatch> all = world.drain();
        all.forEach(world.log::acknowledge);
        world.system.advance(Duration.ofSeconds(3));
        assertThat(before).isGreaterThan(5);
        assertThat(world.folder().list())
                .filteredOn(name -> name.endsWith(".seg"))
                .hasSize(1);
    }

    @Test
    void aDiskThatIsNotMountedIsNotReplacedByTheCardUnderIt() throws IOException {
        OutboxSettings settings = settings(1 << 20, 4096, Duration.ZERO, 0, DropPolicy.OLDEST, "/mnt/data");
        assertThatThrownBy(() -> world.open(settings))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("outbox.dir: /mnt/data is not mounted (expected: ");
        MemoryStorage data = disks.mount("/mnt/data");
        world.open(settings);
        fill(0, 20);
        assertThat(data.in("cloud").in("main").list()).isNotEmpty();
        assertThat(world.folder().list()).isEmpty();
    }

    @Test
    void aDiskThatIsPulledAndComesBackCostsNothing() throws IOException {
        MemoryStorage data = disks.mount("/mnt/data");
        world.open(settings(1 << 20, 4096, Duration.ZERO, 0, DropPolicy.OLDEST, "/mnt/data"));
        fill(0, 300);
        List<OutboxBatch> sent = world.drain();
        world.log.linkUp(false);
        disks.pull("/mnt/data");
        for (int i = 300; i < 1000; i++) {
            world.append("a", i);
            world.system.advance(Duration.ofMillis(700));
            world.drain();
        }
        assertThat(world.flow().dropped()).isEmpty();
        assertThat(world.outbox.list().get(0).atRisk()).isEqualTo(700);
        disks.mount("/mnt/data");
        world.system.advance(Duration.ofSeconds(40));
        assertThat(World.numbers(world.drain())).hasSize(1000).isSorted();
        assertThat(world.outbox.list().get(0).problem()).isEmpty();
        assertThat(sent).isNotEmpty();
        assertThat(data.operations()).isPositive();
        assertThat(world.events).extracting("state").containsExactly("FAILING", "RUNNING");
    }
}
