package org.headgate.outbox.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import java.util.function.Consumer;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/** Cuts the power at every single operation of a long life: before it, in the middle of it, after it. */
class EveryOperationTest {
    private static final int OPERATIONS = 1000;
    private static final long SEED = 11;
    private static final OutboxSettings SETTINGS = World.settings(1 << 20, 4096, 100, 8);

    private MemoryStorage disk;
    private Witness witness;

    @Test
    void thePromiseHoldsWhereverThePowerIsCut() throws IOException {
        MemoryStorage whole = new MemoryStorage(SEED);
        Witness all = new Witness(true, false);
        live(whole, all, CrashSchedule.UNTOLD);
        assertThat(whole.operations()).isGreaterThanOrEqualTo(OPERATIONS);
        for (int at = 1; at <= OPERATIONS; at++) {
            int cut = at;
            CrashSchedule.check("power cut at operation " + cut, story -> {
                disk = new MemoryStorage(SEED);
                disk.cutPowerAt(cut);
                witness = new Witness(true, false);
                live(disk, witness, story);
            });
            witness.crashed();
            verify(cut, "before", disk.crash(false));
            verify(cut, "after", disk.crash(true));
            verify(cut, "in the middle of", disk.crash(cut));
            verify(cut, "in the middle of", disk.crash(-cut));
        }
    }

    private void verify(int cut, String how, MemoryStorage left) {
        CrashSchedule.check("power cut " + how + " operation " + cut, story -> {
            Life life = new Life(left.crash(true), SETTINGS, witness.copy(), new Random(SEED), story);
            life.begin();
            life.live(3, false);
            life.end();
        });
    }

    private static void live(MemoryStorage disk, Witness witness, Consumer<String> story) throws IOException {
        Life life = new Life(disk, SETTINGS, witness, new Random(SEED), story);
        if (life.begin()) {
            while (disk.operations() < OPERATIONS && !disk.isOff()) {
                life.live(1, false);
            }
        }
    }
}
