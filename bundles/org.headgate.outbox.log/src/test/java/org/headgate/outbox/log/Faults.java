package org.headgate.outbox.log;

import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.headgate.system.api.kit.MemoryStorage;

/** What may go wrong with a disk that stays there. */
final class Faults {
    private static final String[] MESSAGES = {"No space left on device", "Input/output error", "Read-only file system"};

    private Faults() {}

    /** One of them, until the disk is healed. */
    static void strike(MemoryStorage disk, Random random, Consumer<Supplier<String>> story) {
        int what = random.nextInt(5);
        if (what == 0) {
            story.accept(() -> "a sync will fail");
            disk.failSyncFrom(disk.operations() + 1);
        } else if (what == 1) {
            story.accept(() -> "the disk is nearly full");
            disk.capacity(disk.used() + random.nextInt(1500));
        } else {
            String message = MESSAGES[random.nextInt(MESSAGES.length)];
            boolean writesOnly = random.nextInt(4) > 0 || message.startsWith("Read-only");
            story.accept(() -> message + ", " + (writesOnly ? "writes" : "everything"));
            disk.failFrom(disk.operations() + 1 + random.nextInt(4), message, writesOnly);
        }
    }
}
