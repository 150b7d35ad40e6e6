package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.LongStream;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.kit.MemoryDisks;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/** A power cut costs what has come within a commit interval, and nothing that is older. */
class CommitTest {
    private static final OutboxSettings SMALL_SEGMENTS = World.settings(1 << 20, 4096, 100, 10_000);

    private final World world = new World(new MemoryStorage());

    private long atRisk() {
        return world.outbox.list().get(0).atRisk();
    }

    @Test
    void rowsThatFillSeveralSegmentsAreAllDurableWhenTheyAreDue() throws IOException {
        world.open(SMALL_SEGMENTS).append("a", LongStream.range(0, 500).toArray());
        assertThat(atRisk()).isEqualTo(500);
        world.commit();
        assertThat(atRisk()).isZero();
        assertThat(world.outbox.list().get(0).segments()).isGreaterThan(3);
        assertThat(World.numbers(world.drain())).hasSize(500).isSorted();
    }

    @Test
    void rowsBehindACutAreDurableWhenTheyAreDue() throws IOException {
        world.open(SMALL_SEGMENTS).append("a", 1, 2);
        world.log.linkUp(true);
        world.append("a", 3, 4);
        world.commit();
        assertThat(atRisk()).isZero();
    }

    @Test
    void rowsThatComeDuringACommitWaitForTheNextOne() throws IOException {
        world.open(SMALL_SEGMENTS);
        world.disk.trace(operation -> {
            if (operation.contains("write") && world.flow().in() < 3) {
                world.append("a", world.flow().in());
            }
        });
        world.append("a", 0);
        world.commit();
        assertThat(atRisk()).as("one has come while the other was written").isOne();
        long syncs = world.disk.syncs();
        world.commit();
        world.commit();
        assertThat(atRisk()).isZero();
        assertThat(world.disk.syncs()).isEqualTo(syncs + 2);
    }

    @Test
    void writesLittleMoreThanTheRowsTakeAndSyncsOnceACommit() throws IOException {
        Spy spy = new Spy(world.disk);
        World spied = new World(world.disk, spy, new MemoryDisks(world.disk));
        spied.open(World.settings(64 << 20, 0, 100, 1000));
        long bytes = 0;
        long syncs = spied.disk.syncs();
        String text = "x".repeat(105);
        for (int i = 0; i < 20_000; i++) {
            bytes += World.size(text);
            spied.log.append("a", World.row(i, text));
            if (i % 50 == 49) {
                spied.system.advance(Duration.ofMillis(100));
            }
        }
        assertThat(bytes / 20_000).isBetween(110L, 128L);
        assertThat((double) spy.counters().written / bytes).isLessThan(1.25);
        // Beside the commits: the segments that were begun, and their folder.
        assertThat(spied.disk.syncs() - syncs).isBetween(400L, 410L);
    }
}
