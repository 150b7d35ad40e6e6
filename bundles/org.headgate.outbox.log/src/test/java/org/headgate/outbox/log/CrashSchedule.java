package org.headgate.outbox.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.kit.MemoryStorage;

/** Several processes, one after the other, on one disk: the power is cut in each of them but the last. One seed decides everything. */
final class CrashSchedule {
    /** Nobody listens. */
    static final Consumer<String> UNTOLD = line -> {};

    private static final int LINES = 120;

    private final Random random;
    private final Consumer<String> story;

    private CrashSchedule(long seed, Consumer<String> story) {
        random = new Random(seed);
        this.story = story;
    }

    /** Runs the schedule of a seed; when a promise is broken, it is run again to tell its story. */
    static void run(long seed) {
        try {
            new CrashSchedule(seed, UNTOLD).run();
        } catch (IOException | RuntimeException | AssertionError broken) {
            List<String> lines = new ArrayList<>();
            try {
                new CrashSchedule(seed, lines::add).run();
            } catch (IOException | RuntimeException | AssertionError again) {
                lines.add(again.toString());
            }
            List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
            throw new AssertionError(
                    "crash schedule " + seed + ": " + broken.getMessage() + "\n  " + String.join("\n  ", last), broken);
        }
    }

    private void run() throws IOException {
        OutboxSettings settings = World.settings(1 << 20, 4096, 100, 1 + random.nextInt(12));
        boolean faults = random.nextInt(3) == 0;
        Witness witness = new Witness(true);
        MemoryStorage disk = new MemoryStorage(random.nextLong());
        disk.shortReads(random.nextInt(4) == 0);
        for (int crashes = 1 + random.nextInt(4); crashes > 0; crashes--) {
            // Early ones fall into the opening.
            disk.cutPowerAt(1 + random.nextInt(random.nextBoolean() ? 25 : 150));
            Life life = life(disk, settings, witness);
            if (life.begin()) {
                life.live(30, faults);
            }
            long fate = random.nextLong();
            story.accept("CRASH " + fate);
            witness.crashed();
            disk = disk.crash(fate);
        }
        Life last = life(disk, settings, witness);
        last.begin();
        last.live(5, false);
        last.end();
    }

    private Life life(MemoryStorage disk, OutboxSettings settings, Witness witness) {
        if (story != UNTOLD) {
            disk.trace(story);
        }
        return new Life(disk, settings, witness, random, story);
    }
}
