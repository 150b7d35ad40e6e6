package org.headgate.outbox.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.headgate.codec.Sizes;
import org.headgate.data.api.Row;

/** The rows that wait for their commit, in order, and how many may: for a slow commit or a failing disk. Guarded by the flow's monitor. */
final class Pending implements Iterable<Entry> {
    static final int MOST_ROWS = 20_000;
    /** A few large rows must not take the heap either. */
    static final long MOST_BYTES = 8 << 20;
    /** A disk takes a commit of any size, in portions. */
    static final Room ANY = (rows, bytes) -> true;

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

    /** Where rows are to go. */
    interface Room {
        /** Whether there is room for so many rows, of so many bytes in memory. */
        boolean has(int rows, long bytes);
    }

    /** The first rows, as many as there is room for; none behind a cut, if there is one (not 0). */
    List<Entry> first(int cut, Room room) {
        List<Entry> first = new ArrayList<>();
        long size = 0;
        for (Entry entry : entries) {
            size += entry.bytes();
            if (cut > 0 && first.size() == cut || !room.has(first.size() + 1, size)) {
                break;
            }
            first.add(entry);
        }
        return first;
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
