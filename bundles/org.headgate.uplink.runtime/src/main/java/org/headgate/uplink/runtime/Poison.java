package org.headgate.uplink.runtime;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.headgate.outbox.api.Priority;

/**
 * Batches on which a server has hung up, or that it fails at, instead of refusing them: they are sent row by row, and without the rows that
 * were found guilty.
 * Thread-safe.
 */
final class Poison {
    private final Map<Key, Set<Integer>> batches = new ConcurrentHashMap<>();
    private final Map<Key, String> reasons = new ConcurrentHashMap<>();

    /**
     * Names a row of a batch.
     *
     * @param row its index; -1 for the batch itself
     */
    record Key(Priority priority, long position, int row) {
        Key whole() {
            return new Key(priority, position, -1);
        }
    }

    /** A piece is guilty: of several rows one is, and they are looked at one by one; a single one is left out. */
    void found(Key first, int rows, String why) {
        reasons.put(first.whole(), why);
        Set<Integer> guilty = batches.computeIfAbsent(first.whole(), missing -> ConcurrentHashMap.newKeySet());
        if (rows == 1) {
            guilty.add(first.row());
        }
    }

    /** Whether no batch is to go row by row. */
    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** Whether a batch goes row by row. */
    boolean suspects(Key batch) {
        return batches.containsKey(batch.whole());
    }

    /** The rows of it that are left out. */
    Set<Integer> guilty(Key batch) {
        return new TreeSet<>(batches.getOrDefault(batch.whole(), Set.of()));
    }

    /** What the server does with it. */
    String why(Key batch) {
        return reasons.getOrDefault(batch.whole(), "");
    }

    /** The batch is settled. */
    void settled(Key batch) {
        reasons.remove(batch.whole());
        batches.remove(batch.whole());
    }
}
