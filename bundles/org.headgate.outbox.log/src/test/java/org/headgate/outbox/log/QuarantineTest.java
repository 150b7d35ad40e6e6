package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.outbox.api.RefusedBatches.Kept;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/** What servers refuse is kept, within a bound, and whoever asks is told what is not. */
class QuarantineTest {
    private static final OutboxName CLOUD = OutboxName.of("cloud");
    /** An eighth of it holds 32 files, as each counts for a block of 4 KiB at least. */
    private static final OutboxSettings SMALL = World.settings(1 << 20, 4096, 100, 20);

    private World world = new World(new MemoryStorage());

    private void refuse(long from, long to) {
        for (long n = from; n < to; n++) {
            world.append("a", n);
            world.commit();
            List<OutboxBatch> all = world.drain();
            assertThat(all).hasSize(1);
            World.refuse(world.log, all.get(0), "a test");
        }
    }

    private List<Long> kept() throws IOException {
        return World.numbers(world.outbox.list(CLOUD).batches());
    }

    private int clear(Kept seen) throws IOException {
        return world.outbox.clear(CLOUD, seen.newest(), seen.lost());
    }

    private static Long[] numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toArray(Long[]::new);
    }

    private OutboxStatus status() {
        return world.outbox.list().get(0);
    }

    /** Cuts the power when what was settled is written down, and starts again. */
    private void restart() throws IOException {
        world.system.advance(Duration.ofSeconds(2));
        world = new World(world.disk.crash(false));
        world.open(SMALL);
    }

    @Test
    void theHundredAndFirstBatchIsKeptLikeTheFirst() throws IOException {
        world.open(World.settings(16 << 20, 1 << 20, 100, 20));
        refuse(0, 150);
        assertThat(kept()).containsExactly(numbers(0, 150));
        assertThat(world.outbox.list(CLOUD).batches().get(0).rows())
                .hasToString(List.of(World.row(0)).toString());
        assertThat(world.outbox.list(CLOUD).batches().get(100)).satisfies(batch -> {
            assertThat(batch.stream()).isEqualTo("a");
            assertThat(batch.seq()).isEqualTo(101);
            assertThat(batch.log()).isEqualTo(status().log());
        });
        assertThat(status().refusedLost()).isZero();
        assertThat(status().problem()).isEmpty();
    }

    @Test
    void beyondItsBoundTheOldestGoAndTheirRowsAreCounted() throws IOException {
        world.open(SMALL);
        refuse(0, 40);
        assertThat(kept()).containsExactly(numbers(8, 40));
        assertThat(status().refusedLost()).isEqualTo(8);
        assertThat(status().problem()).contains("8 refused rows not kept").endsWith("then outbox:clear-refused");
        assertThat(world.folder().list().stream().filter(name -> name.startsWith("refused-")))
                .hasSize(32);
        assertThat(world.flow().dropped()).containsEntry("refused", 40L);
    }

    @Test
    void itOutlivesThePowerAndGoesOnInItsOrder() throws IOException {
        world.open(SMALL);
        refuse(0, 30);
        restart();
        assertThat(kept()).containsExactly(numbers(0, 30));
        refuse(30, 36);
        assertThat(kept()).containsExactly(numbers(4, 36));
        assertThat(status().refusedLost()).isEqualTo(4);
    }

    @Test
    void clearingItDeletesItForEverAndCountsAnew() throws IOException {
        world.open(SMALL);
        refuse(0, 40);
        assertThat(clear(world.outbox.list(CLOUD))).isEqualTo(32);
        assertThat(kept()).isEmpty();
        assertThat(status().refusedLost()).isZero();
        assertThat(status().problem()).isEmpty();
        restart();
        assertThat(kept()).isEmpty();
        refuse(40, 41);
        assertThat(kept()).containsExactly(40L);
    }

    /** Somebody looks, goes to ask a colleague, and then agrees to what she has seen. */
    @Test
    void whatIsRefusedAfterSomebodyLookedIsNotCleared() throws IOException {
        world.open(SMALL);
        refuse(0, 33);
        Kept seen = world.outbox.list(CLOUD);
        assertThat(seen.lost()).isEqualTo(1);
        refuse(33, 35);
        assertThat(clear(seen)).as("two were given up").isEqualTo(30);
        assertThat(kept()).containsExactly(33L, 34L);
        assertThat(status().refusedLost())
                .as("rows that were lost since she looked")
                .isEqualTo(2);
        assertThat(clear(seen)).as("what she saw is gone").isZero();
        assertThat(kept()).containsExactly(33L, 34L);
    }

    @Test
    void whatIsDamagedIsSeenAndCleared() throws IOException {
        world.open(SMALL);
        refuse(0, 1);
        String only = "refused-0000000001-a-1.seg";
        world.folder().damage(only, new byte[3]);
        Kept seen = world.outbox.list(CLOUD);
        assertThat(seen.batches()).isEmpty();
        assertThat(seen.unreadable()).isEqualTo(1);
        assertThat(seen.count()).isEqualTo(1);
        assertThat(clear(seen)).isEqualTo(1);
        assertThat(world.folder().list()).doesNotContain(only);
        assertThat(world.outbox.list(CLOUD).count()).isZero();
    }

    @Test
    void whatADiskDoesNotTakeIsCountedAndLeavesNothing() throws IOException {
        world.open(SMALL);
        refuse(0, 1);
        world.append("a", 1, 2, 3);
        world.commit();
        OutboxBatch batch = world.drain().get(0);
        world.disk.failFrom(0, "Input/output error", true);
        World.refuse(world.log, batch, "a test");
        assertThat(status().refusedLost()).isEqualTo(3);
        assertThat(world.flow().dropped()).containsEntry("refused", 4L);
        world.disk.heal();
        assertThat(kept()).containsExactly(0L);
        refuse(4, 5);
        assertThat(kept()).containsExactly(0L, 4L);
    }

    @Test
    void aDamagedFileIsLeftOutAndGoesInItsTurn() throws IOException {
        world.open(SMALL);
        refuse(0, 3);
        String second = "refused-0000000002-a-2.seg";
        byte[] content = world.folder().content(second);
        content[content.length - 1]++;
        world.folder().damage(second, content);
        // What a first version of the log has left is the oldest.
        world.folder().damage("refused-a-9.seg", world.folder().content("refused-0000000003-a-3.seg"));
        restart();
        assertThat(kept()).containsExactly(2L, 0L, 2L);
        assertThat(world.outbox.list(CLOUD).unreadable()).isEqualTo(1);
        refuse(3, 31);
        assertThat(kept()).startsWith(2L, 0L, 2L, 3L);
        refuse(31, 34);
        assertThat(kept()).containsExactly(numbers(2, 34));
        assertThat(status().refusedLost())
                .as("a row of each that could be read")
                .isEqualTo(2);
    }

    @Test
    void aLogThatIsNotOpenHasNone() throws IOException {
        assertThatThrownBy(() -> world.outbox.list(CLOUD)).isInstanceOf(IOException.class);
        world.open(SMALL);
        Kept seen = world.outbox.list(CLOUD);
        world.log.close();
        assertThatThrownBy(() -> clear(seen)).isInstanceOf(IOException.class).hasMessageContaining("cloud");
    }
}
