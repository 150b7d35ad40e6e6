package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.DropReason;
import org.headgate.outbox.api.DropPolicy;
import org.headgate.outbox.api.Durability;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/** What is kept stays within its limits, in memory too, and what is settled makes room for more. */
class RoomTest {
    private final MemoryStorage disk = new MemoryStorage();
    private final World world = new World(disk);

    private static OutboxSettings settings(long maxBytes, Duration age, DropPolicy drop, Durability durability) {
        return new OutboxSettings(maxBytes, 0, Duration.ofMillis(100), 1000, age, 0, drop, durability, "", false);
    }

    private long bytes() {
        return world.outbox.list().get(0).bytes();
    }

    private long segments() throws IOException {
        return world.folder().list().stream()
                .filter(name -> name.endsWith(".seg"))
                .count();
    }

    private long dropped(String reason) {
        return world.flow().dropped().getOrDefault(reason, 0L);
    }

    /** 20,000 rows of 64 KiB would be ten times the heap. */
    @Test
    void largeRowsThatWaitForAFailingDiskTakeNoMoreMemoryThanSmallOnes() throws IOException {
        world.open(settings(64 << 20, Duration.ZERO, DropPolicy.OLDEST, Durability.ALWAYS));
        disk.failFrom(disk.operations(), "No space left on device", true);
        String text = "x".repeat(64 << 10);
        for (int i = 0; i < 5000; i++) {
            world.log.append("a", World.row(i, text));
        }
        long kept = Pending.MOST_BYTES / text.length();
        assertThat(world.outbox.list().get(0).atRisk()).isBetween(kept - 5, kept);
        assertThat(dropped("storage")).isEqualTo(5000 - world.flow().queued());
        disk.heal();
        world.system.advance(Duration.ofSeconds(31));
        List<OutboxBatch> all = world.drain();
        assertThat(World.numbers(all)).hasSize((int) world.flow().queued()).startsWith(0L, 1L, 2L);
        all.forEach(world.log::acknowledge);
        for (int i = 0; i < 100; i++) {
            world.log.append("a", World.row(i, text));
        }
        assertThat(dropped("storage"))
                .as("there is room again")
                .isEqualTo(5000
                        - all.stream().mapToLong(batch -> batch.rows().size()).sum());
    }

    @Test
    void aRowThatIsLargerThanAllThatMayWaitIsTakenAlone() throws IOException {
        world.open(settings(64 << 20, Duration.ZERO, DropPolicy.OLDEST, Durability.ALWAYS));
        world.log.append("a", World.row(1, "x".repeat((int) Pending.MOST_BYTES)));
        world.append("a", 2);
        assertThat(world.flow().queued()).isEqualTo(1);
        assertThat(dropped("storage")).isEqualTo(1);
    }

    /** A segment goes with its newest row: where few rows come it must not stay open until it is full. */
    @Test
    void ageIsKeptWhereFewRowsCome() throws IOException {
        world.open(settings(16 << 20, Duration.ofHours(1), DropPolicy.OLDEST, Durability.ALWAYS));
        for (int minute = 0; minute < 600; minute++) {
            world.append("a", minute);
            world.system.advance(Duration.ofMinutes(1));
        }
        List<Long> left = World.numbers(world.drain());
        assertThat(left).contains(599L).hasSizeBetween(60, 70);
        assertThat(dropped("expired")).isEqualTo(600 - left.size());
        assertThat(segments()).isLessThanOrEqualTo(10);
    }

    @Test
    void withoutAnAgeASegmentStaysOpenUntilItIsFull() throws IOException {
        world.open(settings(16 << 20, Duration.ZERO, DropPolicy.OLDEST, Durability.ALWAYS));
        for (int minute = 0; minute < 600; minute++) {
            world.append("a", minute);
            world.system.advance(Duration.ofMinutes(1));
        }
        assertThat(segments()).isEqualTo(1);
    }

    @Test
    void whatWasInMemoryIsWrittenWithinTheLimitWhenTheLinkDrops() throws IOException {
        world.open(settings(128 << 10, Duration.ZERO, DropPolicy.OLDEST, Durability.OFFLINE));
        world.log.linkUp(false);
        for (int i = 0; i < 15_000; i++) {
            world.append("a", i);
            if (i % 1000 == 999) {
                world.commit();
            }
        }
        world.commit();
        assertThat(world.outbox.list().get(0).atRisk()).isEqualTo(15_000);
        world.log.linkDown();
        for (int i = 0; i < 50 && world.outbox.list().get(0).atRisk() > 0; i++) {
            world.system.advance(Duration.ofMillis(1));
            assertThat(bytes()).isLessThanOrEqualTo(128 << 10);
        }
        assertThat(world.outbox.list().get(0).atRisk()).isZero();
        assertThat(dropped("outbox-full")).isPositive();
        List<Long> left = World.numbers(world.drain());
        assertThat(left).isSorted().hasSize(15_000 - (int) dropped("outbox-full"));
        assertThat(left.get(left.size() - 1)).isEqualTo(14_999);
    }

    @Test
    void rowsThatOnlyPassThroughMemoryPushNothingOutOfAFullLog() throws IOException {
        for (DropPolicy drop : DropPolicy.values()) {
            World one = new World(new MemoryStorage());
            one.open(settings(64 << 10, Duration.ZERO, drop, Durability.OFFLINE));
            for (int i = 0; i < 3000; i++) {
                one.append("a", i);
                if (i % 100 == 99) {
                    one.commit();
                }
            }
            one.commit();
            long before = one.flow().dropped().getOrDefault("outbox-full", 0L);
            assertThat(before).isPositive();
            one.log.linkUp(true);
            for (int i = 3000; i < 3100; i++) {
                one.append("a", i);
                one.commit();
                List<OutboxBatch> live = one.drain(Lane.LIVE);
                assertThat(World.numbers(live)).containsExactly((long) i);
                live.forEach(one.log::acknowledge);
            }
            assertThat(one.flow().dropped()).as("with drop = %s", drop).containsEntry("outbox-full", before);
        }
    }

    /** What could not be written down is a report, too: then what was sent is deleted all the same, or the disk never gets room. */
    @Test
    void onAFullDiskWhatWasSentIsDeletedThoughAReportCannotBeWritten() throws IOException {
        world.open(World.SMALL);
        for (int i = 0; i < 2000; i++) {
            world.append("a", i);
            if (i % 20 == 19) {
                world.commit();
            }
        }
        assertThat(segments()).isGreaterThan(5);
        List<OutboxBatch> all = world.drain();
        disk.capacity(0);
        OutboxBatch last = all.get(all.size() - 1);
        all.stream().filter(batch -> batch != last).forEach(world.log::acknowledge);
        world.log.drop(last, List.of(0), DropReason.REFUSED, "a test");
        world.system.advance(Duration.ofSeconds(3));
        assertThat(segments()).isLessThanOrEqualTo(2);
        disk.capacity(Long.MAX_VALUE);
        world.append("a", 2000);
        world.system.advance(Duration.ofSeconds(31));
        assertThat(world.drain().get(0).dropped()).isEqualTo(Map.of("refused", 1L));
    }

    /** A row that was dropped, and of which no file says so, is still in its segment: after a crash it comes again and is reported then. */
    @Test
    void aSegmentWithADropThatNoFileTellsOfStays() throws IOException {
        world.open(World.SMALL);
        for (int i = 0; i < 2000; i++) {
            world.append("a", i);
            if (i % 20 == 19) {
                world.commit();
            }
        }
        long before = segments();
        List<OutboxBatch> all = world.drain();
        disk.capacity(0);
        world.log.drop(all.get(0), List.of(0), DropReason.REFUSED, "a test");
        all.subList(1, all.size()).forEach(world.log::acknowledge);
        world.system.advance(Duration.ofSeconds(3));
        assertThat(segments()).isGreaterThanOrEqualTo(before);
        World next = new World(disk.crash(1)).open(World.SMALL);
        assertThat(World.numbers(next.drain())).contains(0L);
    }

    /** Two files are written, and one of them may fail alone: that is one trouble, not a new one each second. */
    @Test
    void aDiskThatTakesTheCursorButNoRowsIsOneEventAtTheBeginningAndOneAtTheEnd() throws IOException {
        world.open(World.SMALL);
        for (int i = 0; i < 200; i++) {
            world.append("a", i);
            world.commit();
        }
        List<OutboxBatch> all = world.drain();
        world.events.clear();
        disk.capacity(disk.used() + 200);
        world.log.append("a", World.row(500, "x".repeat(4000)));
        for (OutboxBatch batch : all) {
            world.log.acknowledge(batch);
            world.system.advance(Duration.ofMillis(500));
        }
        disk.capacity(Long.MAX_VALUE);
        world.system.advance(Duration.ofSeconds(40));
        assertThat(world.events).extracting("state").containsExactly("FAILING", "RUNNING");
    }
}
