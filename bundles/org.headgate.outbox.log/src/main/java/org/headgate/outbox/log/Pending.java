package org.headgate.outbox.log;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.headgate.codec.Sizes;
import org.headgate.data.api.Row;

/** The rows that wait for their commit, in order, and how many may: for a slow commit or a failing disk. Guarded by the flow's monitor. */
final class Pending implements Iterable<Entry> {
    static final int MOST_ROWS = 20_000;
    /** A few large rows must not take the heap either. */
    static final long MOST_BYTES = 8 << 20;

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long bytes;

    /** Adds a row, unless there is no room for it. */
    boolean add(String stream, Row row) {
        long size = Sizes.of(row);
        if (entries.size() >= MOST_ROWS || !entries.isEmpty() && bytes + size > MOST_BYTES) {
            return false;
        }
        entries.add(new Entry(stream, row, size));
        bytes += size;
        return true;
    }

    void removeFirst(int rows) {
        for (int i = 0; i < rows; i++) {
            bytes -= entries.removeFirst().bytes();
        }
    }

    void clear() {
        entries.clear();
        bytes = 0;
    }

    int size() {
        return entries.size();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The time of the oldest row; 0 when there is none. */
    long oldestNanos() {
        return entries.isEmpty() ? 0 : entries.getFirst().row().timeNanos();
    }

    @Override
    public Iterator<Entry> iterator() {
        return entries.iterator();
    }
}
