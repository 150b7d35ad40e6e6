package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.DropReason;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/** Rows that stay in memory while the link is up. */
class OfflineTest {
    private static final OutboxSettings OFFLINE = World.offline(World.settings(1 << 20, 1 << 16, 100, 100));

    private World world = new World(new MemoryStorage());

    private OutboxStatus status() {
        return world.outbox.list().get(0);
    }

    private World up() throws IOException {
        world.open(OFFLINE);
        world.log.linkUp(false);
        return world;
    }

    @Test
    void whatIsAcknowledgedInTimeNeverTouchesTheDiskButForAReservationNowAndThen() throws IOException {
        up();
        for (int i = 0; i < 3000; i++) {
            world.append("a", i);
            world.commit();
            world.drain(Lane.LIVE).forEach(world.log::acknowledge);
        }
        world.system.advance(Duration.ofSeconds(3));
        assertThat(world.flow().passed()).isEqualTo(3000);
        assertThat(status().atRisk()).isZero();
        assertThat(status().bytesPerSecond()).isPositive();
        assertThat(world.disk.syncs())
                .as("three reservations, the first with a new file, and one cursor")
                .isEqualTo(6)
                .isEqualTo(status().syncs());
    }

    @Test
    void aCrashCostsWhatIsInMemoryAndNoNumberComesTwice() throws IOException {
        up();
        for (int i = 0; i < 1500; i++) {
            world.append("a", i);
            world.commit();
        }
        List<OutboxBatch> before = world.drain(Lane.LIVE);
        before.subList(0, before.size() - 5).forEach(world.log::acknowledge);
        long last = before.get(before.size() - 1).seq();
        world = new World(world.disk.crash(1)).open(OFFLINE);
        world.append("a", 9000);
        world.commit();
        List<OutboxBatch> after = world.drain();
        OutboxBatch next = after.get(after.size() - 1);
        assertThat(World.numbers(List.of(next))).containsExactly(9000L);
        assertThat(next.seq()).isGreaterThan(last).isLessThan(last + 2L * GroupCommit.AHEAD);
        assertThat(next.log()).isEqualTo(before.get(0).log());
    }

    @Test
    void aStopLeavesNoGapInTheNumbers() throws IOException {
        up().append("a", 1);
        world.commit();
        world.drain().forEach(world.log::acknowledge);
        world.append("a", 2);
        world.commit();
        world.log.close();
        world = new World(world.disk).open(OFFLINE);
        world.append("a", 3);
        world.commit();
        List<OutboxBatch> batches = world.drain();
        assertThat(World.numbers(batches)).containsExactly(2L, 3L);
        assertThat(batches).extracting(OutboxBatch::seq).containsExactly(2L, 3L);
        assertThat(batches).extracting(OutboxBatch::historical).containsExactly(true, false);
        assertThat(world.flow().dropped()).isEmpty();
    }

    @Test
    void whenTheLinkDropsWhatIsInMemoryIsWrittenWithItsNumbersAndComesBeforeWhatIsNewer() throws IOException {
        up();
        for (int i = 0; i < 5; i++) {
            world.append("a", i);
            world.commit();
        }
        List<OutboxBatch> before = world.drain();
        world.log.acknowledge(before.get(0));
        world.log.acknowledge(before.get(2));
        assertThat(status().atRisk()).isEqualTo(3);
        world.log.linkDown();
        world.system.run();
        assertThat(status().atRisk()).isZero();
        world.append("a", 5);
        world.commit();
        world.system.advance(Duration.ofSeconds(2));
        world = new World(world.disk.crash(2)).open(OFFLINE);
        world.log.linkUp(true);
        List<OutboxBatch> after = world.drain();
        assertThat(World.numbers(after)).containsExactly(1L, 3L, 4L, 5L);
        assertThat(after.subList(0, 3))
                .extracting(World::identity)
                .containsExactly(
                        World.identity(before.get(1)), World.identity(before.get(3)), World.identity(before.get(4)));
        assertThat(world.flow().dropped()).isEmpty();
    }

    @Test
    void whatWasAcknowledgedInMemoryIsNotTakenForDamageBeforeTheCursorKnows() throws IOException {
        up().append("a", 0, 1);
        world.commit();
        world.drain().forEach(world.log::acknowledge);
        world.append("a", 2);
        world.commit();
        world.log.linkDown();
        world.system.run();
        world = new World(world.disk.crash(6)).open(OFFLINE);
        assertThat(World.numbers(world.drain())).containsExactly(2L);
        assertThat(world.flow().dropped()).isEmpty();
    }

    @Test
    void whatWasGivenOutOfMemoryIsSettledOnDisk() throws IOException {
        up().append("a", 1, 2);
        world.commit();
        OutboxBatch batch = world.drain().get(0);
        world.log.linkDown();
        world.system.run();
        world.log.drop(batch, List.of(1), DropReason.BUDGET, "used up");
        assertThat(world.flow().passed()).isEqualTo(1);
        assertThat(world.flow().queued()).isZero();
        world.log.linkUp(false);
        assertThat(world.drain()).isEmpty();
    }

    @Test
    void whatWaitsTooLongIsWrittenWhileTheLinkIsUp() throws IOException {
        up().append("a", 1);
        world.commit();
        world.system.advance(Duration.ofSeconds(4));
        assertThat(status().atRisk()).isEqualTo(1);
        world.system.advance(Duration.ofSeconds(2));
        assertThat(status().atRisk()).isZero();
        assertThat(World.numbers(world.drain())).containsExactly(1L);
        world.append("a", 2);
        world.commit();
        assertThat(status().atRisk()).isEqualTo(1);
        assertThat(World.numbers(world.drain())).containsExactly(2L);
    }

    @Test
    void tooManyRowsInMemoryAreWritten() throws IOException {
        up();
        for (int i = 0; i <= Memory.MOST_ROWS + 200; i++) {
            world.append("a", i);
            if (i % 1000 == 0) {
                world.commit();
            }
        }
        world.commit();
        assertThat(status().atRisk()).isLessThan(1000);
        List<OutboxBatch> all = world.drain();
        assertThat(World.numbers(all)).hasSize(Memory.MOST_ROWS + 201).isSorted();
        assertThat(all).extracting(OutboxBatch::seq).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aLinkThatComesBackBeforeTheyAreWrittenFindsThemInMemoryAndInTheBacklogAfterASplit() throws IOException {
        up().append("a", 1);
        world.commit();
        world.append("a", 2);
        world.log.linkUp(true);
        world.append("a", 3);
        world.commit();
        world.commit();
        assertThat(status().backlog()).isEqualTo(2);
        assertThat(World.numbers(world.drain(Lane.LIVE))).containsExactly(3L);
        assertThat(World.numbers(world.drain(Lane.BACKLOG))).containsExactly(1L, 2L);
        assertThat(status().atRisk()).isEqualTo(3);
    }

    @Test
    void aDiskThatFailsCostsNothingWhileTheLinkIsUp() throws IOException {
        up().append("a", 0);
        world.commit();
        world.drain().forEach(world.log::acknowledge);
        world.disk.failFrom(world.disk.operations(), "No space left on device", true);
        List<Long> passed = new ArrayList<>();
        for (int i = 1; i < 100; i++) {
            world.append("a", i);
            world.commit();
            List<OutboxBatch> batches = world.drain();
            passed.addAll(World.numbers(batches));
            batches.forEach(world.log::acknowledge);
        }
        assertThat(passed).hasSize(99);
        world.disk.heal();
        world.system.advance(Duration.ofSeconds(40));
        assertThat(status().problem()).isEmpty();
        assertThat(world.flow().dropped()).isEqualTo(Map.of());
    }

    @Test
    void aReportThatABatchInMemoryCarriesIsNotLostWithIt() throws IOException {
        up().append("a", 1);
        world.commit();
        world.log.drop(world.drain().get(0), List.of(0), DropReason.BUDGET, "used up");
        world.system.advance(Duration.ofSeconds(2));
        world.append("a", 2);
        world.commit();
        assertThat(world.drain().get(0).dropped()).isEqualTo(Map.of("budget", 1L));
        world = new World(world.disk.crash(3)).open(OFFLINE);
        world.append("a", 3);
        world.commit();
        OutboxBatch again = world.drain().get(0);
        assertThat(again.dropped()).isEqualTo(Map.of("budget", 1L));
        world.log.acknowledge(again);
        world.system.advance(Duration.ofSeconds(2));
        world = new World(world.disk.crash(4)).open(OFFLINE);
        world.append("a", 4);
        world.commit();
        assertThat(world.drain().get(0).dropped()).as("it has arrived").isEmpty();
    }
}
