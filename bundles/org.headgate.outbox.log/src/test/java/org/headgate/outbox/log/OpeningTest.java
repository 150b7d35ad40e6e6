package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.kit.MemoryDisks;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/** What the opening reads, what it leaves to be found later, and that it is counted all the same. */
class OpeningTest {
    private static final OutboxSettings SETTINGS = World.settings(1 << 20, 8192, 100, 20);
    private static final int ROWS = 4000;
    private static final int STEP = Boolean.getBoolean("headgate.long") ? 1 : 61;

    private World world = new World(new MemoryStorage());

    /** Fills several segments with the rows of two streams, in commits of ten. */
    private void fill() throws IOException {
        world.open(SETTINGS);
        for (int i = 0; i < ROWS; i++) {
            world.append(i % 10 < 7 ? "a" : "b", i);
            if (i % 10 == 9) {
                world.commit();
            }
        }
    }

    private Spy reopen() throws IOException {
        MemoryStorage disk = world.disk.crash(1);
        Spy spy = new Spy(disk);
        world = new World(disk, spy, new MemoryDisks(disk));
        world.open(SETTINGS);
        return spy;
    }

    private List<String> segments() throws IOException {
        return world.folder().list().stream()
                .filter(name -> name.endsWith(".seg"))
                .toList();
    }

    private void flip(String name, int at) {
        byte[] content = world.folder().content(name);
        content[at] ^= 0x55;
        world.folder().damage(name, content);
    }

    private static List<Long> missing(List<OutboxBatch> batches) {
        List<Long> missing = new ArrayList<>();
        for (long i = 0; i < ROWS; i++) {
            missing.add(i);
        }
        missing.removeAll(World.numbers(batches));
        return missing;
    }

    private long reported(List<OutboxBatch> batches) {
        return batches.stream()
                .mapToLong(batch -> batch.dropped().getOrDefault("corrupt", 0L))
                .sum();
    }

    @Test
    void readsHeadsAndTailsAndTheLastSegmentOnly() throws IOException {
        fill();
        int count = segments().size();
        assertThat(count).isGreaterThan(10);
        Spy spy = reopen();
        assertThat(spy.counters().read).isLessThan(count * 8192L + 3 * 8192);
        assertThat(spy.counters().read).isLessThan(world.outbox.list().get(0).bytes() + 3 * 8192);
        assertThat(world.flow().recovered()).isEqualTo(ROWS);
        assertThat(world.flow().queued()).isEqualTo(ROWS);
        List<OutboxBatch> all = world.drain();
        assertThat(missing(all)).isEmpty();
        all.forEach(world.log::acknowledge);
        assertThat(world.flow().passed()).isEqualTo(ROWS);
        assertThat(world.flow().dropped()).isEmpty();
        world.append("a", ROWS);
        world.commit();
        assertThat(world.drain().get(0).seq()).isEqualTo(ROWS / 10 + 1);
    }

    @Test
    void damageThatTheOpeningHasNotSeenIsCountedAndReportedOnceWhenItIsRead() throws IOException {
        fill();
        String second = segments().get(1);
        flip(second, 3000);
        reopen();
        assertThat(world.flow().recovered()).isEqualTo(ROWS);
        assertThat(world.flow().dropped()).isEmpty();
        List<OutboxBatch> all = world.drain();
        List<Long> missing = missing(all);
        assertThat(missing).isNotEmpty().hasSizeLessThanOrEqualTo(7);
        assertThat(world.flow().dropped()).isEqualTo(Map.of("corrupt", (long) missing.size()));
        String stream = missing.get(0) % 10 < 7 ? "a" : "b";
        world.append("a", ROWS);
        world.append("b", ROWS + 1);
        world.commit();
        List<OutboxBatch> next = world.drain();
        assertThat(next)
                .allMatch(batch -> batch.stream().equals(stream)
                        ? batch.dropped().equals(Map.of("corrupt", (long) missing.size()))
                        : batch.dropped().isEmpty());
        all.forEach(world.log::acknowledge);
        next.forEach(world.log::acknowledge);
        assertThat(world.flow().queued()).isZero();
    }

    @Test
    void whatOneProcessHasReportedAsDamagedTheNextOneDoesNotReportAgain() throws IOException {
        fill();
        flip(segments().get(1), 3000);
        reopen();
        int lost = missing(world.drain()).size();
        world.append("a", ROWS);
        world.append("b", ROWS + 1);
        world.system.advance(Duration.ofSeconds(3));
        List<OutboxBatch> told = world.drain();
        assertThat(reported(told)).isEqualTo(lost);
        for (int start = 0; start < 3; start++) {
            reopen();
            assertThat(world.flow().dropped()).isEmpty();
            assertThat(world.flow().recovered()).isEqualTo(ROWS + 2 + start * 2 - lost);
            List<OutboxBatch> again = world.drain();
            assertThat(World.numbers(again)).hasSize(ROWS + 2 + start * 2 - lost);
            assertThat(world.flow().dropped()).isEmpty();
            world.append("a", ROWS + 10 + start);
            world.append("b", ROWS + 20 + start);
            world.commit();
            assertThat(reported(world.drain())).isZero();
        }
    }

    @Test
    void damageIsReportedAfterTheNextStartWhenThePowerGoesBeforeItCouldBe() throws IOException {
        fill();
        flip(segments().get(1), 3000);
        reopen();
        int lost = missing(world.drain()).size();
        world.system.advance(Duration.ofSeconds(3));
        reopen();
        world.drain();
        world.append("a", ROWS);
        world.append("b", ROWS + 1);
        world.commit();
        assertThat(reported(world.drain())).isEqualTo(lost);
    }

    @Test
    void aSegmentThatAStopHasEndedIsNotReadByLaterStarts() throws IOException {
        OutboxSettings large = World.settings(64 << 20, 8 << 20, 100, 1000);
        for (int start = 0; start < 3; start++) {
            world.open(large);
            for (int i = 0; i < 20_000; i++) {
                world.append("a", start * 20_000L + i);
                if (i % 1000 == 999) {
                    world.system.run();
                }
            }
            world.log.close();
            world = new World(world.disk);
        }
        MemoryStorage disk = world.disk;
        assertThat(segments()).hasSize(3);
        long last = world.folder().content(Segment.file(3)).length;
        Spy spy = new Spy(disk);
        world = new World(disk, spy, new MemoryDisks(disk));
        world.open(large);
        // The newest one is read twice: for what was settled at the end, and for its batches.
        assertThat(spy.counters().read).isLessThan(2 * last + 100_000);
        assertThat(world.flow().recovered()).isEqualTo(60_000);
        assertThat(World.numbers(world.drain())).hasSize(60_000).isSorted();
    }

    @Test
    void rowsThatWereSettledInASegmentThatIsPartlySentAreNotRecovered() throws IOException {
        fill();
        List<OutboxBatch> all = world.drain();
        List<OutboxBatch> sent = all.subList(0, 60);
        sent.forEach(world.log::acknowledge);
        world.log.acknowledge(all.get(200));
        world.system.advance(Duration.ofSeconds(2));
        long settled = sent.stream().mapToLong(batch -> batch.rows().size()).sum()
                + all.get(200).rows().size();
        Spy spy = reopen();
        assertThat(spy.counters().read).isLessThan(segments().size() * 8192L + 3 * 8192);
        assertThat(world.flow().recovered()).isEqualTo(ROWS - settled);
        List<OutboxBatch> left = world.drain();
        assertThat(World.numbers(left)).hasSize((int) (ROWS - settled));
        left.forEach(world.log::acknowledge);
        assertThat(world.flow().queued()).isZero();
        assertThat(world.flow().dropped()).isEmpty();
    }

    @Test
    void aSegmentWithADamagedSummaryIsReadInstead() throws IOException {
        fill();
        for (String name : segments()) {
            flip(name, world.folder().content(name).length - 20);
        }
        reopen();
        assertThat(world.flow().recovered()).isGreaterThanOrEqualTo(ROWS - 10);
        List<OutboxBatch> all = world.drain();
        // The last segment has no summary: there it was a batch.
        assertThat(missing(all).size()).isLessThanOrEqualTo(10);
        assertThat(world.flow().dropped().getOrDefault("corrupt", 0L)).isLessThanOrEqualTo(10);
        all.forEach(world.log::acknowledge);
        assertThat(world.flow().queued()).isZero();
    }

    @Test
    void everyFlippedByteOfASummarizedSegmentCostsAtMostItsRecordAndIsCountedOnce() throws IOException {
        fill();
        MemoryStorage good = world.disk;
        String name = segments().get(1);
        byte[] content = world.folder().content(name);
        for (int at = 0; at < content.length; at += STEP) {
            byte[] bad = content.clone();
            bad[at] ^= (byte) (1 << at % 8);
            MemoryStorage disk = good.crash(at);
            World hurt = new World(disk);
            hurt.folder().damage(name, bad);
            hurt.open(SETTINGS);
            List<OutboxBatch> batches = hurt.drain();
            List<Long> missing = missing(batches);
            assertThat(missing).as("byte %d", at).hasSizeLessThanOrEqualTo(7);
            assertThat(hurt.flow().dropped().getOrDefault("corrupt", 0L))
                    .as("byte %d", at)
                    .isEqualTo(missing.size());
            batches.forEach(hurt.log::acknowledge);
            assertThat(hurt.flow().queued()).as("byte %d", at).isZero();
            hurt.append("a", ROWS);
            hurt.append("b", ROWS + 1);
            hurt.commit();
            assertThat(reported(hurt.drain()) + reported(batches))
                    .as("byte %d", at)
                    .isEqualTo(missing.size());
        }
    }

    /** Blocks that are used again show what was there before, where a write was torn. */
    @Test
    void aNewerFileOfAnotherLogIsSetAsideWhereTheCursorKnowsTheLog() throws IOException {
        fill();
        world.drain().subList(0, 5).forEach(world.log::acknowledge);
        world.system.advance(Duration.ofSeconds(2));
        final long left = world.flow().queued();
        MemoryStorage disk = world.disk.crash(1);
        String last = segments().get(segments().size() - 1);
        String next = Segment.file(Long.parseLong(last.substring(0, 10)) + 1);
        world = new World(new MemoryStorage(9));
        world.system.advance(Duration.ofSeconds(1));
        fill();
        for (int i = ROWS; !segments().contains(next); i++) {
            world.append("a", i);
            world.commit();
        }
        byte[] stale = world.folder().content(next);
        world = new World(disk);
        world.folder().damage(next, stale);
        world.open(SETTINGS);
        assertThat(world.flow().queued()).isEqualTo(left);
        assertThat(World.numbers(world.drain())).hasSize((int) left);
        assertThat(segments()).contains("quarantine-" + next);
    }
}
