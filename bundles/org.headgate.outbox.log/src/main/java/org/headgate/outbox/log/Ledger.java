package org.headgate.outbox.log;

import java.util.Map;
import java.util.TreeMap;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;

/**
 * What must outlive the segments that are deleted: the next number of each stream's batches, and the dropped rows that
 * no batch has reported yet. Each segment begins with it.
 */
final class Ledger {
    private final Map<String, Long> next = new TreeMap<>();
    private final Map<String, Map<String, Long>> unreported = new TreeMap<>();
    /** Damaged rows that were counted and reported already, by their ordinal: no later start counts them again. */
    private final TreeMap<Long, Long> lost = new TreeMap<>();

    private long floor = 1;
    private boolean changed;

    /** The number of the stream's next batch. */
    synchronized long next(String stream) {
        return next.getOrDefault(stream, floor);
    }

    /** A batch was committed: its number is used, what it reports is reported. */
    synchronized void committed(String stream, long seq, Map<String, Long> reported) {
        next.merge(stream, seq + 1, Math::max);
        Map<String, Long> left = unreported.get(stream);
        if (left != null) {
            Counts.add(left, reported, -1);
            left.values().removeIf(rows -> rows <= 0);
            if (left.isEmpty()) {
                unreported.remove(stream);
            }
        }
    }

    /** Rows of a stream were dropped; its next batch will say so. */
    synchronized void dropped(String stream, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            Counts.add(unreported.computeIfAbsent(stream, missing -> new TreeMap<>()), counts, 1);
            changed = true;
        }
    }

    /** Rows from an ordinal on were lost to damage, and are reported. */
    synchronized void lost(long ordinal, long rows) {
        lost.merge(ordinal, rows, Math::max);
        changed = true;
    }

    /** How many rows between two ordinals were counted as lost before. */
    synchronized long lostBetween(long from, long to) {
        return lost.subMap(from, Math.max(from, to)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** How many rows from an ordinal on were counted as lost before; 0 for none. */
    synchronized long lostAt(long ordinal) {
        return lost.getOrDefault(ordinal, 0L);
    }

    /** Nothing before an ordinal will be read again. */
    synchronized void forgetBefore(long ordinal) {
        lost.headMap(ordinal).clear();
    }

    /** The same as it is now. */
    synchronized Ledger copy() {
        Ledger copy = new Ledger();
        copy.next.putAll(next);
        unreported.forEach((stream, counts) -> copy.unreported.put(stream, new TreeMap<>(counts)));
        copy.lost.putAll(lost);
        copy.floor = floor;
        return copy;
    }

    /** What the stream's next batch has to report. */
    synchronized Map<String, Long> unreported(String stream) {
        return new TreeMap<>(unreported.getOrDefault(stream, Map.of()));
    }

    /** Leaves out so many numbers of every stream, known or not: batches that were damaged beyond recognition had them. */
    synchronized void skip(long numbers) {
        next.replaceAll((stream, seq) -> seq + numbers);
        floor += numbers;
    }

    /** Whether there is something to report that no file knows of. */
    synchronized boolean isChanged() {
        return changed && !(unreported.isEmpty() && lost.isEmpty());
    }

    /** The same, asked by the commit that makes it durable. */
    synchronized boolean takeChanged() {
        boolean was = isChanged();
        changed = false;
        return was;
    }

    /** The commit that was to make the ledger durable has failed. */
    synchronized void setChanged() {
        changed = true;
    }

    /** Takes over all of another one. */
    synchronized void become(Ledger other) {
        next.clear();
        next.putAll(other.next);
        unreported.clear();
        unreported.putAll(other.unreported);
        lost.clear();
        lost.putAll(other.lost);
        floor = other.floor;
    }

    synchronized void put(ByteOutput out) {
        out.putVarint(floor);
        Counts.put(out, next);
        putUnreported(out);
    }

    synchronized void putUnreported(ByteOutput out) {
        out.putVarint(unreported.size());
        unreported.forEach((stream, counts) -> {
            out.putText(stream);
            Counts.put(out, counts);
        });
        out.putVarint(lost.size());
        lost.forEach((ordinal, rows) -> {
            out.putVarint(ordinal);
            out.putVarint(rows);
        });
    }

    synchronized void get(ByteInput in) {
        floor = in.getVarint();
        next.clear();
        next.putAll(Counts.get(in));
        getUnreported(in);
    }

    synchronized void getUnreported(ByteInput in) {
        unreported.clear();
        for (int left = in.getCount(); left > 0; left--) {
            unreported.put(in.getText(), Counts.get(in));
        }
        lost.clear();
        for (int left = in.getCount(); left > 0; left--) {
            lost.put(in.getVarint(), in.getVarint());
        }
    }
}
