package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.headgate.data.api.DropReason;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/** Rows that were acknowledged in memory are never written, whatever around them has to be: so no crash can bring them back. */
class UnwrittenTest {
    private static final OutboxSettings OFFLINE = World.offline(World.settings(1 << 20, 4096, 100, 100));

    private World world = new World(new MemoryStorage());

    /** Batches of five rows that stay in memory. */
    private List<OutboxBatch> held(int batches) throws IOException {
        world.open(OFFLINE);
        world.log.linkUp(false);
        for (long i = 0; i < batches; i++) {
            world.append("a", 5 * i, 5 * i + 1, 5 * i + 2, 5 * i + 3, 5 * i + 4);
            world.commit();
        }
        return world.drain(Lane.LIVE);
    }

    private void spill() {
        world.log.linkDown();
        world.system.run();
    }

    private World crash(boolean reached) throws IOException {
        world = new World(world.disk.crash(reached)).open(OFFLINE);
        return world;
    }

    @Test
    void whatWasAcknowledgedBeforeTheSpillDoesNotComeAgainThoughNoCursorWasSavedSince() throws IOException {
        List<OutboxBatch> batches = held(10);
        List.of(0, 3, 4, 9).forEach(index -> world.log.acknowledge(batches.get(index)));
        spill();
        assertThat(world.folder().list()).doesNotContain(Cursor.FILE);
        List<OutboxBatch> back = crash(true).drain();
        assertThat(back).extracting(OutboxBatch::seq).containsExactly(2L, 3L, 6L, 7L, 8L, 9L);
        assertThat(world.flow().dropped()).isEmpty();
        world.append("a", 99);
        world.commit();
        assertThat(World.numbers(world.drain())).containsExactly(99L);
    }

    @Test
    void aSegmentThatIsReadByItsSummaryKnowsWhatOfItWasNeverWritten() throws IOException {
        List<OutboxBatch> batches = held(60);
        for (int i = 0; i < 60; i += 3) {
            world.log.acknowledge(batches.get(i));
        }
        spill();
        world.append("a", 1000);
        world.commit();
        assertThat(world.outbox.list().get(0).segments()).isGreaterThan(1);
        List<OutboxBatch> back = crash(true).drain();
        assertThat(World.numbers(back)).hasSize(201).contains(1000L);
        assertThat(world.flow().dropped()).isEmpty();
        back.forEach(world.log::acknowledge);
        assertThat(world.flow().queued()).isZero();
    }

    @Test
    void ofASpillThatIsTornNothingCountsAsLostThatHadArrived() throws IOException {
        List<OutboxBatch> batches = held(40);
        for (int i = 1; i < 40; i += 2) {
            world.log.acknowledge(batches.get(i));
        }
        world.disk.cutPowerAt(world.disk.operations() + 1);
        world.log.linkDown();
        world.system.run();
        int torn = 0;
        for (long fate = 0; fate < 300; fate++) {
            World left = new World(world.disk.crash(fate)).open(OFFLINE);
            List<Long> rows = World.numbers(left.drain());
            long corrupt = left.flow().dropped().getOrDefault("corrupt", 0L);
            assertThat(rows).as("fate %d", fate).allMatch(row -> row / 5 % 2 == 0);
            assertThat(rows.size() + corrupt).as("fate %d", fate).isLessThanOrEqualTo(100);
            torn += corrupt > 0 ? 1 : 0;
        }
        assertThat(torn).as("fates that show some of it").isPositive();
    }

    /** The disk is nearly full: of a commit some batches come to lie there, but it fails. */
    private void nearlyFull() {
        world.disk.capacity(world.disk.used() + 400);
    }

    @Test
    void whatASpillThatFailedHasLeftDoesNotComeAgainWhenItWasAcknowledgedInMemoryAfterwards() throws IOException {
        List<OutboxBatch> batches = held(10);
        nearlyFull();
        spill();
        assertThat(World.numbers(new World(world.disk.crash(true)).open(OFFLINE).drain()))
                .as("it has left some")
                .contains(0L);
        world.log.linkUp(false);
        world.drain(Lane.LIVE);
        // Writing is tried again rarely now.
        world.system.advance(Duration.ofSeconds(40));
        world.disk.capacity(Long.MAX_VALUE);
        batches.forEach(world.log::acknowledge);
        world.system.advance(CursorSaver.INTERVAL);
        assertThat(crash(true).drain()).isEmpty();
        assertThat(world.flow().dropped()).isEmpty();
    }

    @Test
    void norDoesItWhenTheLinkIsDownAgainAndNothingIsLeftToBeWritten() throws IOException {
        List<OutboxBatch> batches = held(10);
        nearlyFull();
        spill();
        batches.forEach(world.log::acknowledge);
        world.disk.capacity(Long.MAX_VALUE);
        // The next try of what failed; the cursor would be saved later.
        world.system.advance(Duration.ofMillis(600));
        assertThat(crash(true).drain()).isEmpty();
    }

    @Test
    void rowsOfACommitThatFailedGetNoOtherContentUnderItsNumbersInMemory() throws IOException {
        held(1).forEach(world.log::acknowledge);
        world.append("b", 5);
        world.commit();
        world.drain().forEach(world.log::acknowledge);
        spill();
        nearlyFull();
        world.append("a", 10, 11);
        world.append("b", LongStream.range(20, 60).toArray());
        world.commit();
        List<OutboxBatch> phantoms =
                new World(world.disk.crash(true)).open(OFFLINE).drain();
        assertThat(World.numbers(phantoms)).startsWith(10L, 11L);
        world.log.linkUp(false);
        world.append("a", 12);
        world.disk.capacity(Long.MAX_VALUE);
        world.system.advance(Duration.ofMillis(600));
        List<OutboxBatch> batches = world.drain(Lane.LIVE);
        assertThat(World.numbers(batches)).contains(10L, 11L, 12L);
        world.log.acknowledge(batches.get(0));
        assertThat(World.numbers(crash(true).drain())).isEmpty();
    }

    @Test
    void whatItReportedIsNotTakenFromWhatIsToBeReportedNow() throws IOException {
        List<OutboxBatch> batches = held(2);
        world.log.drop(batches.get(1), List.of(0, 1, 2, 3, 4), DropReason.EXPIRED, "a test");
        world.append("a", 10, 11);
        world.commit();
        OutboxBatch telling = world.drain().get(0);
        assertThat(telling.dropped()).isEqualTo(Map.of("expired", 5L));
        world.append("a", 12, 13, 14, 15, 16);
        world.commit();
        List<OutboxBatch> others = world.drain();
        world.log.acknowledge(telling);
        world.log.drop(others.get(0), List.of(0, 1, 2, 3, 4), DropReason.EXPIRED, "a test");
        spill();
        world.system.advance(Duration.ofSeconds(2));
        crash(true).drain().forEach(world.log::acknowledge);
        world.append("a", 17);
        world.commit();
        assertThat(world.drain().get(0).dropped()).isEqualTo(Map.of("expired", 5L));
    }
}
