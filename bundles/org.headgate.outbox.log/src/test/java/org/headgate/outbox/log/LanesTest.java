package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.headgate.data.api.DropReason;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/** Two ways through one log. */
class LanesTest {
    private World world = new World(new MemoryStorage());

    private OutboxStatus status() {
        return world.outbox.list().get(0);
    }

    private void restart() throws IOException {
        world.log.close();
        world = new World(world.disk).open(World.SMALL);
    }

    @Test
    void whatWaitsAtTheSplitIsBacklogCommittedOrNotAndWhatComesIsLive() throws IOException {
        world.open(World.SMALL).append("a", 1);
        world.commit();
        world.append("a", 2);
        world.log.linkUp(true);
        world.append("a", 3);
        assertThat(status().backlog()).isEqualTo(2);
        world.commit();
        world.commit();
        List<OutboxBatch> backlog = world.drain(Lane.BACKLOG);
        List<OutboxBatch> live = world.drain(Lane.LIVE);
        assertThat(World.numbers(backlog)).containsExactly(1L, 2L);
        assertThat(backlog).allMatch(OutboxBatch::historical);
        assertThat(World.numbers(live)).containsExactly(3L);
        assertThat(live).noneMatch(OutboxBatch::historical);
        assertThat(status().backlog()).isEqualTo(2);
    }

    @Test
    void aLaneThatIsHeldBackHoldsOnlyItself() throws IOException {
        world.open(World.SMALL).append("a", 1);
        world.commit();
        world.log.linkUp(true);
        world.append("a", 2);
        world.commit();
        assertThat(world.log.next(Lane.BACKLOG, batch -> false)).isEmpty();
        assertThat(World.numbers(world.drain(Lane.LIVE))).containsExactly(2L);
        assertThat(world.log.next(Lane.LIVE, batch -> false)).isEmpty();
        assertThat(World.numbers(world.drain(Lane.BACKLOG))).containsExactly(1L);
    }

    @Test
    void whenTheBacklogIsSettledThereIsOneLaneAgain() throws IOException {
        world.open(World.SMALL).append("a", 1);
        world.commit();
        world.log.linkUp(true);
        world.append("a", 2);
        world.commit();
        world.drain(Lane.BACKLOG).forEach(world.log::acknowledge);
        assertThat(status().backlog()).isZero();
        world.log.linkUp(false);
        world.append("a", 3);
        world.commit();
        assertThat(world.drain(Lane.BACKLOG)).isEmpty();
        assertThat(World.numbers(world.drain(Lane.LIVE))).containsExactly(2L, 3L);
    }

    @Test
    void withoutASplitTheBoundaryStaysAndAnotherSplitMovesItUp() throws IOException {
        world.open(World.SMALL).append("a", 1);
        world.commit();
        world.log.linkUp(true);
        world.append("a", 2);
        world.commit();
        world.log.linkUp(false);
        assertThat(World.numbers(world.drain(Lane.BACKLOG))).containsExactly(1L);
        assertThat(World.numbers(world.drain(Lane.LIVE))).containsExactly(2L);
        world.log.linkUp(true);
        world.append("a", 3);
        world.commit();
        List<OutboxBatch> backlog = world.drain(Lane.BACKLOG);
        assertThat(World.numbers(backlog)).containsExactly(1L, 2L);
        assertThat(backlog).allMatch(OutboxBatch::resent);
        assertThat(World.numbers(world.drain(Lane.LIVE))).containsExactly(3L);
    }

    @Test
    void whatAnEarlierProcessHasLeftIsBacklogFromTheBeginningAndWhatThisOneHasLeftIsNot() throws IOException {
        world.open(World.SMALL).append("a", 1);
        restart();
        world.log.linkUp(false);
        world.append("a", 2);
        world.commit();
        world.log.close();
        world.open(World.SMALL).append("a", 3);
        world.commit();
        assertThat(World.numbers(world.drain(Lane.BACKLOG))).containsExactly(1L);
        assertThat(World.numbers(world.drain(Lane.LIVE))).containsExactly(2L, 3L);
    }

    @Test
    void aRestartInTheMiddleOfADrainSendsNothingAgainThatWasAcknowledgedAndFreesWhatIsBehind() throws IOException {
        world.open(World.SMALL);
        for (int i = 0; i < 400; i++) {
            world.append("a", i);
            world.commit();
        }
        world.log.linkUp(true);
        for (int i = 400; i < 1200; i++) {
            world.append("a", i);
            world.commit();
            world.drain(Lane.LIVE).forEach(world.log::acknowledge);
        }
        List<OutboxBatch> backlog = world.drain(Lane.BACKLOG);
        backlog.subList(100, 200).forEach(world.log::acknowledge);
        world.system.advance(Duration.ofSeconds(2));
        assertThat(status().segments())
                .as("segments of which all is settled are deleted, wherever they are")
                .isLessThan(14);
        world = new World(world.disk.crash(5)).open(World.SMALL);
        assertThat(world.flow().recovered()).isEqualTo(300);
        List<Long> left = World.numbers(world.drain(Lane.BACKLOG));
        assertThat(left)
                .containsExactlyElementsOf(IntStream.range(0, 400)
                        .filter(i -> i < 100 || i >= 200)
                        .mapToObj(i -> (long) i)
                        .toList());
        assertThat(world.drain(Lane.LIVE)).isEmpty();
        assertThat(world.flow().dropped()).isEmpty();
    }

    @Test
    void withoutItsCursorEverythingOnDiskIsSentAgainAndWhatWasDeletedIsNotTakenForDamage() throws IOException {
        world.open(World.SMALL);
        for (int i = 0; i < 600; i++) {
            world.append("a", i);
            world.commit();
            if (i == 100) {
                world.log.linkUp(true);
            }
            if (i >= 100) {
                world.drain(Lane.LIVE).forEach(world.log::acknowledge);
            }
        }
        world.log.close();
        world.folder().damage(Cursor.FILE, new byte[20]);
        world = new World(world.disk).open(World.SMALL);
        assertThat(world.flow().dropped()).isEmpty();
        assertThat(World.numbers(world.drain(Lane.BACKLOG)))
                .isSorted()
                .startsWith(0L, 1L, 2L)
                .endsWith(599L);
    }

    @Test
    void aLongDrainWithALinkThatFlapsKeepsFewRunsOfWhatIsSettled() throws IOException {
        world.open(World.settings(16 << 20, 1 << 16, 10, 20)).append("a", 0);
        world.commit();
        long passed = 0;
        for (int i = 1; i < 2 * Lanes.MOST_RUNS; i++) {
            world.log.linkUp(true);
            for (int batch = 0; batch < 2; batch++) {
                world.append("a", 2 * i + batch);
                world.system.advance(Duration.ofMillis(10));
            }
            // The last one stays unsettled, and is backlog next time, unless there are too many runs.
            List<OutboxBatch> live = world.drain(Lane.LIVE);
            live.subList(0, live.size() - 1).forEach(world.log::acknowledge);
            passed += live.size() - 1;
        }
        assertThat(world.flow().passed()).isEqualTo(passed);
        assertThat(World.numbers(world.drain(Lane.BACKLOG))).hasSize(Lanes.MOST_RUNS);
        world.system.advance(Duration.ofSeconds(2));
        assertThat(Cursor.load(world.folder()).settled().size()).isLessThanOrEqualTo(Lanes.MOST_RUNS + 1);
    }

    @Test
    void theOldestSegmentIsDroppedFromTheBacklogWhileTheLiveLaneGoesOn() throws IOException {
        world.open(World.settings(24 << 10, 4096, 100, 20));
        for (int i = 0; i < 300; i++) {
            world.append("a", i);
            world.commit();
        }
        world.log.linkUp(true);
        for (int i = 300; i < 900; i++) {
            world.append("b", i);
            world.commit();
            if (i % 3 > 0) {
                world.drain(Lane.LIVE).forEach(world.log::acknowledge);
            }
        }
        long dropped = world.flow().dropped().getOrDefault("outbox-full", 0L);
        long waiting = world.flow().queued();
        assertThat(dropped + waiting + world.flow().passed()).isEqualTo(900);
        List<Long> left = World.numbers(world.drain());
        assertThat(left).isSorted().hasSize((int) waiting);
    }

    @Test
    void aDropOfSomeRowsCountsThemAndPassesTheOthers() throws IOException {
        world.open(World.SMALL).append("a", 1, 2, 3);
        world.commit();
        OutboxBatch batch = world.drain().get(0);
        world.log.drop(batch, List.of(1), DropReason.BUDGET, "the budget is used up");
        assertThat(world.flow().passed()).isEqualTo(2);
        assertThat(world.flow().dropped()).isEqualTo(Map.of("budget", 1L));
        assertThat(world.folder().list()).noneMatch(name -> name.startsWith("refused"));
        world.log.drop(batch, List.of(0, 1, 2), DropReason.REFUSED, "it is settled");
        assertThat(world.flow().passed()).isEqualTo(2);
        assertThat(world.folder().list()).noneMatch(name -> name.startsWith("refused"));
        world.append("a", 4);
        world.commit();
        assertThat(world.drain().get(0).dropped()).isEqualTo(Map.of("budget", 1L));
    }

    @Test
    void whatABatchWasToReportIsReportedByAnotherWhereItsFirstRowIsDropped() throws IOException {
        world.open(World.SMALL).append("a", 1);
        world.commit();
        world.log.drop(world.drain().get(0), List.of(0), DropReason.BUDGET, "used up");
        world.append("a", 2, 3);
        world.commit();
        OutboxBatch reporting = world.drain().get(0);
        assertThat(reporting.dropped()).isEqualTo(Map.of("budget", 1L));
        world.log.drop(reporting, List.of(0), DropReason.REFUSED, "no");
        world.append("a", 4);
        world.commit();
        assertThat(world.drain().get(0).dropped()).isEqualTo(Map.of("budget", 1L, "refused", 1L));
    }

    @Test
    void theStatusTellsTheRateAtWhichTheLogWouldGrow() throws IOException {
        world.open(World.settings(1 << 20, 1 << 18, 100, 1000));
        for (int i = 0; i < 3000; i++) {
            world.append("a", i);
            world.commit();
        }
        OutboxStatus busy = status();
        assertThat(busy.runNanos()).isEqualTo(Duration.ofSeconds(300).toNanos());
        assertThat(busy.bytesPerSecond()).isBetween(busy.bytes() / 300 * 0.95, busy.bytes() / 300 * 1.05);
        world.system.advance(Duration.ofMinutes(3));
        assertThat(status().bytesPerSecond()).isBetween(busy.bytesPerSecond() * 0.3, busy.bytesPerSecond() * 0.6);
        world.system.advance(Duration.ofHours(2));
        assertThat(status().bytesPerSecond()).isZero();
        assertThat(status().syncs()).isEqualTo(world.disk.syncs());
    }
}
