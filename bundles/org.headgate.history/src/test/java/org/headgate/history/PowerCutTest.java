package org.headgate.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/**
 * Cuts the power at every single operation of the disk, twice in a row, with a random fate for all that was not synced: what comes back are rows that were
 * there, in their order, each at most once; files that were synced are complete; and the flow balances.
 */
class PowerCutTest {
    private static final String[] SETTINGS = {"streams = *", "interval = 1s", "max-age = 4m", "max-bytes = 1MiB"};
    private static final int STEPS = 60;

    @Test
    void whatComesBackIsTrueAtAnyOperation() throws IOException {
        MemoryStorage whole = new MemoryStorage();
        trace(whole, 0);
        long operations = whole.operations();
        assertThat(operations).isGreaterThan(150);
        for (long cut = 1; cut <= operations; cut++) {
            for (long seed = 0; seed < 3; seed++) {
                MemoryStorage disk = new MemoryStorage();
                disk.cutPowerAt(cut);
                long synced = trace(disk, 0);
                disk = disk.crash(cut * 31 + seed);
                verify(disk.crash(0), synced, "cut at " + cut + " seed " + seed);
                disk.cutPowerAt(disk.operations() + 1 + (cut * 7 + seed * 13) % 40);
                trace(disk, 1000);
                verify(disk.crash(seed), -1, "second cut after " + cut + " seed " + seed);
            }
        }
    }

    /** Returns the number behind the last row that must survive, if the oldest are still there. */
    private static long trace(MemoryStorage disk, long first) throws IOException {
        Random random = new Random(first);
        World world = new World(disk, SETTINGS);
        long next = first;
        long syncs = disk.syncs();
        long synced = first;
        world.seconds(1);
        for (int step = 0; step < STEPS && !disk.isOff(); step++) {
            long begun = next;
            for (int rows = random.nextInt(5); rows >= 0; rows--) {
                world.publish(random.nextBoolean() ? "a" : "b", next++);
            }
            world.seconds(2 + random.nextInt(8));
            world.flow();
            // Two syncs a file: of itself and of its folder; the block that was written last is in it.
            if (disk.syncs() >= syncs + 2 && !disk.isOff()) {
                syncs = disk.syncs();
                synced = next;
            }
            assertThat(begun).isLessThan(next);
        }
        return synced;
    }

    private static void verify(MemoryStorage disk, long synced, String when) throws IOException {
        World world = new World(disk, SETTINGS);
        List<Long> numbers = world.numbers("*");
        assertThat(numbers).as(when).doesNotHaveDuplicates().isSorted();
        if (synced > 0 && !numbers.isEmpty()) {
            // Those before may have been deleted for their age, and not all of the deletions may have survived.
            long oldest = Math.max(numbers.get(0), synced - 80);
            for (long n = oldest; n < synced; n++) {
                assertThat(numbers).as(when).contains(n);
            }
            assertThat(numbers.get(numbers.size() - 1)).as(when).isGreaterThanOrEqualTo(synced - 1);
        }
        world.publish("a", 1_000_000);
        world.seconds(2);
        assertThat(world.flow().passed()).as(when).isEqualTo(1);
        assertThat(world.numbers("*")).as(when).endsWith(1_000_000L);
    }
}
