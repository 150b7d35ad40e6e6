package org.headgate.outbox.log;

import java.io.IOException;
import org.headgate.outbox.api.OutboxSettings;
import org.junit.jupiter.api.Test;

/**
 * Everything that can be done to a log, in random order, beside the same done to a list: which rows come, in which lane, in which order,
 * what is counted at each instant, what is reported in the end.
 */
class RandomLogTest {
    private static final int SEEDS =
            Integer.getInteger("headgate.seeds", Boolean.getBoolean("headgate.long") ? 20_000 : 120);
    private static final OutboxSettings ROOMY = World.settings(1 << 20, 4096, 100, 10_000);
    private static final OutboxSettings TIGHT = World.settings(12 << 10, 4096, 100, 10_000);

    @Test
    void aLogDoesWhatAListWouldDo() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            new RandomLog(seed, ROOMY).run();
        }
    }

    @Test
    void andSoItDoesWhenItIsFullMostOfTheTime() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            new RandomLog(seed, TIGHT).run();
        }
    }

    @Test
    void andSoItDoesWhenRowsStayInMemoryWhileTheLinkIsUp() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            new RandomLog(seed, World.offline(seed % 2 == 0 ? ROOMY : TIGHT)).run();
        }
    }
}
