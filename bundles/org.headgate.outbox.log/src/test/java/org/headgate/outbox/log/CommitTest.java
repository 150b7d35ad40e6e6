package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.LongStream;
import org.headgate.outbox.api.OutboxSettings;
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
}
