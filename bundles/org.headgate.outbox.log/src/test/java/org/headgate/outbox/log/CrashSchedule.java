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

    private static final int LINES = Integer.getInteger("lines", 120);

    private CrashSchedule() {}

    /** What may break a promise; the same each time it is run. */
    interface Scenario {
        void run(Consumer<String> story) throws IOException;
    }

    /** Runs a scenario; when a promise is broken, it is run again to tell its story. */
    static void check(String name, Scenario scenario) {
        try {
            scenario.run(UNTOLD);
        } catch (IOException | RuntimeException | AssertionError broken) {
            List<String> lines = new ArrayList<>();
            try {
                scenario.run(lines::add);
            } catch (IOException | RuntimeException | AssertionError again) {
                lines.add(again.toString());
            }
            List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
            throw new AssertionError(name + ": " + broken.getMessage() + "\n  " + String.join("\n  ", last), broken);
        }
    }

    /** Several short lives. */
    static void run(long seed) {
        check("crash schedule " + seed, story -> schedule(new Random(seed), Kind.USUAL, story));
    }

    /** Several lives with a log that is full soon, and drops what is oldest. */
    static void runFull(long seed) {
        check("full crash schedule " + seed, story -> schedule(new Random(seed), Kind.FULL, story));
    }

    /** Several lives with a link and a disk that fails for longer than a moment: rows go past it. */
    static void runFailing(long seed) {
        check("failing crash schedule " + seed, story -> schedule(new Random(seed), Kind.FAILING, story));
    }

    private enum Kind {
        USUAL,
        FULL,
        FAILING
    }

    private static void schedule(Random random, Kind kind, Consumer<String> story) throws IOException {
        boolean capped = kind == Kind.FULL;
        OutboxSettings settings = World.settings(capped ? 12_288 : 1 << 20, 4096, 100, 1 + random.nextInt(12));
        boolean faults = !capped && (random.nextInt(3) == 0 || kind == Kind.FAILING);
        int length = capped ? 5 : 1;
        boolean always = random.nextInt(5) > 0;
        if (!always) {
            settings = World.offline(settings);
        }
        Witness witness = new Witness(always, capped);
        MemoryStorage disk = new MemoryStorage(random.nextLong());
        disk.shortReads(random.nextInt(4) == 0);
        for (int crashes = 1 + random.nextInt(4); crashes > 0; crashes--) {
            // Early ones fall into the opening.
            disk.cutPowerAt(1 + random.nextInt(random.nextBoolean() ? 25 : 150 * length));
            Life life = new Life(disk, settings, witness, random, story);
            if (life.begin()) {
                if (kind == Kind.FAILING) {
                    life.connect();
                    life.fault();
                }
                life.live(30 * length, faults);
            }
            long fate = random.nextLong();
            story.accept("CRASH " + fate);
            witness.crashed();
            disk = disk.crash(fate);
        }
        Life last = new Life(disk, settings, witness, random, story);
        last.begin();
        last.live(5, false);
        last.end();
    }
}
