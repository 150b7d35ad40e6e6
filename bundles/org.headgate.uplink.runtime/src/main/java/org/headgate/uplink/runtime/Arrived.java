package org.headgate.uplink.runtime;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which rows have arrived of batches that have not arrived as a whole. What a link has carried before it broke is not carried again, so that
 * a batch in pieces passes over links none of which holds long enough for all of them. Thread-safe.
 */
final class Arrived {
    /** More than are on their way at a time; a batch that was dropped meanwhile is never asked for again. */
    private static final int MOST = 1_000;

    private final Map<Poison.Key, BitSet> batches = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Poison.Key, BitSet> eldest) {
            return size() > MOST;
        }
    };

    /** The server has acknowledged a piece of a batch. */
    synchronized void acknowledged(Poison.Key batch, Piece piece) {
        batches.computeIfAbsent(batch.whole(), missing -> new BitSet()).set(piece.from(), piece.to());
    }

    /** The rows of it that have arrived. */
    synchronized BitSet rows(Poison.Key batch) {
        BitSet rows = batches.get(batch.whole());
        return rows == null ? new BitSet() : (BitSet) rows.clone();
    }

    /** The batch is settled. */
    synchronized void settled(Poison.Key batch) {
        batches.remove(batch.whole());
    }
}
