package org.headgate.system.api.kit;

import java.io.IOException;
import java.util.Random;
import java.util.function.Consumer;

/** What all folders of one disk in memory share: its power, its faults, its space. */
final class MemoryDisk {
    static final long NEVER = Long.MAX_VALUE;

    final Random random;
    long operations;
    long syncs;
    long powerCutAt = NEVER;
    long failFrom = NEVER;
    long syncFailsAt = NEVER;
    String message = "";
    boolean writesOnly;
    boolean shortReads;
    boolean hangs;
    long capacity = Long.MAX_VALUE;
    long used;
    /** Counted up by {@link MemoryStorage#heal}: bad ranges of an earlier count are good again. */
    int healed;
    /** What a deleted file has left on the medium: where a block was allotted and not written it may show. */
    byte[] stale = new byte[0];

    Consumer<String> trace = operation -> {};
    private boolean traced;

    MemoryDisk(long seed) {
        random = new Random(seed);
    }

    void trace(Consumer<String> listener) {
        trace = listener;
        traced = true;
    }

    /** Begins an operation; throws where there is no power or the disk fails. */
    void operation(boolean writes, String what, Object name) throws IOException {
        operations++;
        if (traced) {
            trace.accept(operations + " " + what + " " + name);
        }
        if (operations >= powerCutAt) {
            throw new IOException("the power is off");
        }
        if (hangs && writes) {
            throw new SimulatedSystem.Hang();
        }
        if (isFailing(writes)) {
            throw new IOException(message);
        }
    }

    boolean isFailing(boolean writes) {
        return operations >= failFrom && (writes || !writesOnly);
    }

    /** Whether the power goes with the operation that comes next: it has happened, or in part, or not. */
    boolean isCutNext() {
        return operations + 1 == powerCutAt;
    }

    /** How many of some bytes a failing write leaves: a read-only file system leaves none. */
    int partly(int bytes) {
        return message.startsWith("Read-only") ? 0 : random.nextInt(bytes + 1);
    }

    /** Takes so many bytes of space, or as many as there are; returns how many. */
    long take(long bytes) {
        long taken = Math.max(0, Math.min(bytes, capacity - used));
        used += taken;
        return taken;
    }

    void give(long bytes) {
        used -= bytes;
    }
}
