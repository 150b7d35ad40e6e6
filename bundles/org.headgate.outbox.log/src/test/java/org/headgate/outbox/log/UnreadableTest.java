package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.kit.MemoryDisks;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/** A block that cannot be read costs the records in it; a disk that cannot be read costs time. */
class UnreadableTest {
    private static final OutboxSettings SETTINGS = World.settings(8 << 20, 20_000, 100, 20);
    private static final int ROWS = 2000;

    private final MemoryStorage disk = new MemoryStorage();
    private final Spy spy = new Spy(disk);
    private final World world = new World(disk, spy, new MemoryDisks(disk));

    private void fill() throws IOException {
        world.open(SETTINGS);
        for (int i = 0; i < ROWS; i++) {
            world.append("a", i);
            if (i % 10 == 9) {
                world.commit();
            }
        }
    }

    private List<OutboxBatch> drainFor(Duration time) {
        List<OutboxBatch> all = world.drain();
        for (long second = 0; second < time.toSeconds(); second++) {
            world.system.advance(Duration.ofSeconds(1));
            all.addAll(world.drain());
        }
        return all;
    }

    @Test
    void anUnreadableBlockAtTheEndOfAFullSegmentDoesNotStallTheLane() throws IOException {
        fill();
        String first = Segment.file(1);
        int size = world.folder().content(first).length;
        spy.unreadable(first, size - 600, size);
        List<OutboxBatch> all = drainFor(Duration.ofSeconds(5));
        long lost = ROWS - World.numbers(all).size();
        assertThat(lost).isPositive();
        assertThat(World.numbers(all)).contains((long) ROWS - 1).isSorted();
        assertThat(world.flow().dropped()).isEqualTo(Map.of("corrupt", lost));
        all.forEach(world.log::acknowledge);
        assertThat(world.flow().queued()).isZero();
        assertThat(world.outbox.list().get(0).problem()).isEmpty();
    }

    @Test
    void anUnreadableBlockInTheMiddleIsTriedThreeTimesAndCostsOnlyTheRecordsInIt() throws IOException {
        fill();
        String first = Segment.file(1);
        spy.unreadable(first, 9000, 9001);
        assertThat(World.numbers(world.drain())).isEmpty();
        assertThat(world.outbox.list().get(0).problem()).contains("cannot read: Input/output error");
        // Asked again at once it does not touch the disk again.
        long failures = spy.counters().failures;
        assertThat(world.drain()).isEmpty();
        assertThat(spy.counters().failures).isEqualTo(failures);
        world.system.advance(Duration.ofSeconds(1));
        assertThat(world.drain()).isEmpty();
        world.system.advance(Duration.ofSeconds(1));
        List<OutboxBatch> all = world.drain();
        long lost = ROWS - World.numbers(all).size();
        // A block has 4096 bytes, a row about 30.
        assertThat(lost).isBetween(1L, 200L);
        assertThat(world.flow().dropped()).isEqualTo(Map.of("corrupt", lost));
        world.append("a", ROWS);
        world.commit();
        assertThat(world.drain().get(0).dropped()).isEqualTo(Map.of("corrupt", lost));
    }

    @Test
    void aDiskThatCannotBeReadAtAllLosesNothingAndIsReadWhenItCan() throws IOException {
        fill();
        for (String name : world.folder().list()) {
            spy.unreadable(name, 0, 1 << 30);
        }
        assertThat(drainFor(Duration.ofMinutes(3))).isEmpty();
        assertThat(world.flow().dropped()).isEmpty();
        assertThat(world.events).hasSize(1);
        spy.heal();
        assertThat(World.numbers(drainFor(Duration.ofSeconds(2)))).hasSize(ROWS).isSorted();
        assertThat(world.events).extracting("state").containsExactly("FAILING", "RUNNING");
    }

    @Test
    void aBlockThatBecomesReadableAfterItWasGivenUpIsNotGivenOut() throws IOException {
        fill();
        spy.unreadable(Segment.file(1), 9000, 9001);
        List<OutboxBatch> all = drainFor(Duration.ofSeconds(4));
        long lost = world.flow().dropped().get("corrupt");
        spy.heal();
        world.log.linkUp(false);
        List<OutboxBatch> again = world.drain();
        assertThat(World.numbers(again)).isEqualTo(World.numbers(all)).hasSize((int) (ROWS - lost));
        assertThat(world.flow().dropped()).isEqualTo(Map.of("corrupt", lost));
    }

    @Test
    void aBatchThatIsOnItsWayWhenItBecomesUnreadableIsCountedOnceWhateverItsAnswer() throws IOException {
        fill();
        List<OutboxBatch> out = world.drain();
        spy.unreadable(Segment.file(1), 9000, 9001);
        world.log.linkUp(false);
        drainFor(Duration.ofSeconds(4));
        long lost = world.flow().dropped().get("corrupt");
        assertThat(lost).isPositive();
        out.forEach(world.log::acknowledge);
        assertThat(world.flow().passed()).isEqualTo(ROWS - lost);
        assertThat(world.flow().queued()).isZero();
    }

    @Test
    void readsInChunksNeverWholeSegments() throws IOException {
        world.open(World.settings(64 << 20, 4 << 20, 100, 1000));
        for (int i = 0; i < 60_000; i++) {
            world.append("a", i);
            if (i % 1000 == 999) {
                world.system.run();
            }
        }
        world.commit();
        assertThat(world.folder().content(Segment.file(1)).length).isGreaterThan(1 << 20);
        assertThat(World.numbers(world.drain())).hasSize(60_000).isSorted();
        assertThat(spy.counters().largestRead).isLessThanOrEqualTo(Window.CHUNK);
    }
}
