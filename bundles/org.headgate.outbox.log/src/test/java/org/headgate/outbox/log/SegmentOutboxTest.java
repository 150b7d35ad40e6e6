package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxName;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

class SegmentOutboxTest {
    private World world = new World(new MemoryStorage());

    @Test
    void oneCommitMakesOneNumberedBatchOfEachStream() throws IOException {
        world.open(World.SMALL).append("a", 1, 2);
        world.append("b", 3);
        world.append("a", 4);
        assertThat(world.drain()).isEmpty();
        world.commit();
        List<OutboxBatch> batches = world.drain();
        assertThat(batches).extracting(OutboxBatch::stream).containsExactly("a", "b");
        assertThat(batches).extracting(OutboxBatch::seq).containsExactly(1L, 1L);
        assertThat(World.numbers(batches)).containsExactly(1L, 2L, 4L, 3L);
        assertThat(batches.get(0).log()).matches("[0-9A-HJKMNP-TV-Z]{26}");
        assertThat(world.flow().queued()).isEqualTo(4);
        batches.forEach(world.log::acknowledge);
        assertThat(world.flow().passed()).isEqualTo(4);
        assertThat(world.flow().queued()).isZero();
    }

    @Test
    void commitsAtOnceWhenEnoughRowsWait() throws IOException {
        world.open(World.SMALL);
        for (int i = 0; i < 20; i++) {
            world.append("a", i);
        }
        world.system.run();
        assertThat(World.numbers(world.drain())).hasSize(20);
        assertThat(world.folder().syncs()).isEqualTo(2);
    }

    @Test
    void aSecondCommitOfTheSameSegmentCostsOneSync() throws IOException {
        world.open(World.SMALL).append("a", 1);
        world.commit();
        long before = world.disk.syncs();
        world.append("a", 2);
        world.commit();
        assertThat(world.disk.syncs() - before).isEqualTo(1);
    }

    @Test
    void unacknowledgedBatchesComeAgainWithTheSameIdentityAfterARestartAndCountingGoesOn() throws IOException {
        world.open(World.SMALL).append("a", 1);
        world.commit();
        world.append("a", 2);
        world.commit();
        List<OutboxBatch> before = world.drain();
        world.log.acknowledge(before.get(0));
        world.log.close();
        world = new World(world.disk).open(World.SMALL);
        assertThat(world.flow().recovered()).isEqualTo(1);
        List<OutboxBatch> after = world.drain();
        assertThat(after).extracting(World::identity).containsExactly(World.identity(before.get(1)));
        assertThat(World.numbers(after)).containsExactly(2L);
        world.append("a", 3);
        world.commit();
        assertThat(world.drain()).extracting(OutboxBatch::seq).containsExactly(3L);
    }

    @Test
    void countingGoesOnAfterAllSegmentsWereAcknowledgedAndDeleted() throws IOException {
        world.open(World.SMALL);
        for (int i = 0; i < 300; i++) {
            world.append("a", i);
            world.commit();
            world.drain().forEach(world.log::acknowledge);
        }
        world.system.advance(Duration.ofSeconds(2));
        assertThat(world.outbox.list().get(0).segments()).isEqualTo(1);
        String log = world.outbox.list().get(0).log();
        world = new World(world.disk.crash(1)).open(World.SMALL);
        world.append("a", 300);
        world.commit();
        OutboxBatch batch = world.drain().get(0);
        assertThat(batch.seq()).isEqualTo(301);
        assertThat(batch.log()).isEqualTo(log);
    }

    @Test
    void rewindGivesOutInOrderWhatIsNotAcknowledgedEvenWhenAcknowledgedOutOfOrder() throws IOException {
        world.open(World.SMALL);
        for (int i = 0; i < 5; i++) {
            world.append("a", i);
            world.commit();
        }
        List<OutboxBatch> first = world.drain();
        world.log.acknowledge(first.get(3));
        world.log.acknowledge(first.get(1));
        world.log.linkUp(false);
        List<OutboxBatch> again = world.drain();
        assertThat(World.numbers(again)).containsExactly(0L, 2L, 4L);
        assertThat(again).allMatch(OutboxBatch::resent);
        assertThat(world.flow().resent()).isEqualTo(3);
        again.forEach(world.log::acknowledge);
        world.log.acknowledge(again.get(0));
        assertThat(world.flow().passed()).isEqualTo(5);
    }

    @Test
    void aFullOutboxDropsWholeOldestSegmentsAndTheNextBatchSaysSo() throws IOException {
        world.open(World.settings(20_000, 4096, 100, 20));
        for (int i = 0; i < 2000; i++) {
            world.append("a", i);
            if (i % 20 == 0) {
                world.commit();
            }
        }
        world.commit();
        long dropped = world.flow().dropped().get("outbox-full");
        assertThat(dropped).isPositive();
        assertThat(world.outbox.list().get(0).bytes()).isLessThan(30_000);
        List<OutboxBatch> kept = world.drain();
        assertThat(World.numbers(kept).get(0)).isEqualTo(dropped);
        long reported = 0;
        for (OutboxBatch batch : kept) {
            reported += batch.dropped().getOrDefault("outbox-full", 0L);
        }
        assertThat(reported).as("reports of dropped batches are handed on").isEqualTo(dropped);
    }

    @Test
    void whatWasDroppedIsStillReportedAfterACrashBeforeTheStreamHasAnotherRow() throws IOException {
        world.open(World.settings(16_384, 4096, 100, 20)).append("rare", 0);
        for (int i = 1; i < 2000; i++) {
            world.append("a", i);
            world.system.run();
        }
        world.commit();
        world = new World(world.disk.crash(3)).open(World.SMALL);
        world.append("rare", 5000);
        world.commit();
        OutboxBatch rare = world.drain().stream()
                .filter(batch -> batch.stream().equals("rare"))
                .findFirst()
                .orElseThrow();
        assertThat(rare.dropped()).isEqualTo(Map.of("outbox-full", 1L));
        assertThat(rare.seq()).isEqualTo(2);
    }

    @Test
    void aFullDiskKeepsRowsInMemoryDropsBeyondTheirLimitAndRecoversByItself() throws IOException {
        world.open(World.SMALL).append("a", 1);
        world.commit();
        world.disk.failFrom(world.disk.operations(), "No space left on device", true);
        for (int i = 2; i <= Pending.MOST_ROWS + 11; i++) {
            world.append("a", i);
            if (i % 1000 == 0) {
                world.commit();
            }
        }
        world.system.advance(Duration.ofMinutes(2));
        assertThat(world.outbox.list().get(0).problem()).contains("No space left on device");
        assertThat(world.flow().dropped()).isEqualTo(Map.of("storage", 10L));
        world.disk.heal();
        world.system.advance(Duration.ofSeconds(31));
        assertThat(world.outbox.list().get(0).problem()).isEmpty();
        List<OutboxBatch> batches = world.drain();
        assertThat(World.numbers(batches)).hasSize(Pending.MOST_ROWS + 1).isSorted();
        assertThat(batches).extracting(OutboxBatch::seq).isSorted().doesNotHaveDuplicates();
        assertThat(batches.get(1).dropped()).isEqualTo(Map.of("storage", 10L));
    }

    @Test
    void everyFlippedByteCostsAtMostItsRecordAndIsCounted() throws IOException {
        world.open(World.SMALL);
        for (int i = 0; i < 12; i++) {
            world.append(i % 2 == 0 ? "a" : "b", i);
            world.commit();
        }
        List<Long> all = World.numbers(world.drain());
        String name = Segment.file(1);
        byte[] good = world.folder().content(name);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << at % 8);
            World hurt = new World(new MemoryStorage());
            hurt.folder().damage(name, bad);
            hurt.open(World.SMALL);
            List<OutboxBatch> batches = hurt.drain();
            List<Long> missing = new ArrayList<>(all);
            missing.removeAll(World.numbers(batches));
            assertThat(missing).as("byte %d", at).hasSizeLessThanOrEqualTo(1);
            assertThat(World.numbers(batches)).isSorted();
            long counted = hurt.flow().dropped().getOrDefault("corrupt", 0L);
            // The last record has no successor that would show the gap.
            boolean last = missing.contains(11L);
            assertThat(counted).as("byte %d", at).isEqualTo(last ? 0 : missing.size());
            hurt.append("a", 100);
            hurt.append("b", 101);
            hurt.commit();
            List<OutboxBatch> next = hurt.drain();
            assertThat(next.get(0).seq()).isGreaterThan(6);
            assertThat(next.get(1).seq())
                    .as("a damaged number is not used again")
                    .isGreaterThan(6);
            assertThat(next.get(0).dropped().size() + next.get(1).dropped().size())
                    .as("byte %d: reported, unless no later batch of its stream tells whose row it was", at)
                    .isEqualTo(missing.contains(10L) ? 0 : (int) counted);
        }
    }

    @Test
    void aForeignSegmentIsSetAsideAndNeverDeleted() throws IOException {
        byte[] foreign = "something else entirely, and long enough".getBytes();
        world.folder().damage(Segment.file(4), foreign);
        world.open(World.SMALL).append("a", 1);
        world.commit();
        assertThat(World.numbers(world.drain())).containsExactly(1L);
        assertThat(world.folder().content("quarantine-" + Segment.file(4))).isEqualTo(foreign);
        assertThat(world.outbox.list().get(0).problem()).contains("1 unreadable");
        assertThat(world.folder().list()).contains(Segment.file(5));
    }

    @Test
    void aRefusedBatchIsCountedReportedAndKeptInQuarantine() throws IOException {
        world.open(World.SMALL).append("a", 1, 2);
        world.commit();
        World.refuse(world.log, world.drain().get(0), "too large");
        assertThat(world.flow().dropped()).isEqualTo(Map.of("refused", 2L));
        assertThat(world.folder().list()).contains("refused-0000000001-a-1.seg");
        world.append("a", 3);
        world.commit();
        assertThat(world.drain().get(0).dropped()).isEqualTo(Map.of("refused", 2L));
    }

    @Test
    void oneLogIsOpenedOnce() throws IOException {
        world.open(World.SMALL);
        assertThatThrownBy(() -> world.outbox.open(OutboxName.of("cloud"), World.SMALL, () -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBatchThatIsNotWantedYetCountsAsNotGivenOut() throws IOException {
        World world = new World(new MemoryStorage()).open(World.SMALL);
        world.append("a", 1, 2);
        world.commit();
        world.append("a", 3);
        world.commit();
        assertThat(world.log.next(Lane.LIVE, batch -> batch.seq() > 1)).isEmpty();
        assertThat(world.log.next(Lane.LIVE, batch -> batch.seq() == 1)).isPresent();
        assertThat(world.log.next(Lane.LIVE, batch -> batch.seq() == 1)).isEmpty();
        world.log.linkUp(false);
        List<OutboxBatch> all = world.drain();
        assertThat(all).extracting(OutboxBatch::seq).containsExactly(1L, 2L);
        assertThat(all).extracting(OutboxBatch::resent).containsExactly(true, false);
        assertThat(world.flow().resent()).isEqualTo(2);
        // What is settled is passed over, and nobody is asked about it.
        world.log.acknowledge(all.get(1));
        world.log.linkUp(false);
        assertThat(world.log.next(Lane.LIVE, batch -> batch.seq() == 1)).isPresent();
        assertThat(world.log.next(Lane.LIVE, batch -> false)).isEmpty();
        assertThat(world.drain()).isEmpty();
    }

    @Test
    void aBatchKnowsWhetherAnEarlierProcessAppendedIt() throws IOException {
        World before = new World(new MemoryStorage()).open(World.SMALL);
        before.append("a", 1);
        before.commit();
        assertThat(before.drain()).noneMatch(OutboxBatch::recovered);
        before.log.close();
        before.open(World.SMALL);
        assertThat(before.drain()).hasSize(1).noneMatch(OutboxBatch::recovered);
        before.log.close();
        World after = new World(before.disk).open(World.SMALL);
        after.append("a", 2);
        after.commit();
        assertThat(after.drain()).extracting(OutboxBatch::recovered).containsExactly(true, false);
    }
}
