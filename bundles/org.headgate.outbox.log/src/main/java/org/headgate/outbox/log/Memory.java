package org.headgate.outbox.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The batches of a log with {@code durability = offline} that are not on disk: their ordinals stand behind all that is. What is settled
 * goes at once, and never to disk. Whoever calls holds the flow's monitor.
 */
final class Memory {
    static final int MOST_ROWS = 20_000;
    static final long MOST_BYTES = 4 << 20;
    /** How long a batch may wait for its acknowledgement before it is written. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TreeMap<Long, Held> held = new TreeMap<>();
    private long rows;
    private long bytes;
    private int standIns;

    boolean isEmpty() {
        return held.isEmpty();
    }

    long rows() {
        return rows;
    }

    void clear() {
        held.clear();
        rows = 0;
        bytes = 0;
        standIns = 0;
    }

    void add(Held batch) {
        held.put(batch.batch().ordinal(), batch);
        rows += batch.batch().rows();
        bytes += batch.bytes();
        standIns += batch.isStandIn() ? 1 : 0;
    }

    /** The first batch at or behind an ordinal; null when there is none. */
    Held from(long ordinal) {
        Map.Entry<Long, Held> next = held.ceilingEntry(ordinal);
        return next == null ? null : next.getValue();
    }

    /** A batch is settled or on disk; says whether it was here until now. */
    boolean remove(long ordinal) {
        Held batch = held.remove(ordinal);
        if (batch == null) {
            return false;
        }
        rows -= batch.batch().rows();
        bytes -= batch.bytes();
        standIns -= batch.isStandIn() ? 1 : 0;
        return true;
    }

    /** The first batches, of so many bytes or just more: what is to be written next. */
    List<Held> first(long most) {
        List<Held> some = new ArrayList<>();
        long size = 0;
        for (Held batch : held.values()) {
            some.add(batch);
            size += batch.bytes();
            if (size >= most) {
                break;
            }
        }
        return some;
    }

    /** The time of the oldest row; 0 when there is none. */
    long oldestNanos() {
        return held.isEmpty() ? 0 : held.firstEntry().getValue().rows().get(0).timeNanos();
    }

    /** Whether so many more rows, of so many bytes in memory, are not too much; one alone never is. */
    boolean hasRoom(int moreRows, long moreBytes) {
        return rows + moreRows <= 1 || rows + moreRows <= MOST_ROWS && bytes + moreBytes <= MOST_BYTES;
    }

    /** Whether it is too much, or has waited too long, or went past a disk that failed: nothing newer may be numbered before that is on disk. */
    boolean isDue(long nowNanos) {
        return rows > MOST_ROWS
                || bytes > MOST_BYTES
                || standIns > 0
                || !held.isEmpty() && nowNanos - held.firstEntry().getValue().sinceNanos() >= PATIENCE.toNanos();
    }
}
