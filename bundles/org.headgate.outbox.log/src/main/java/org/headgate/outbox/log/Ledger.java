package org.headgate.outbox.log;

import java.util.Map;
import java.util.TreeMap;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;

/**
 * What must outlive the segments that are deleted: the next number of each stream's batches, and the dropped rows that
 * no batch has reported yet. Each segment begins with it.
 *
 * <p>Rows are settled by dropping them and they are to be reported: a crash must keep both or none. So whatever writes down what is to
 * be reported writes beside it which rows were settled at the same instant: {@link #freeze}.
 */
final class Ledger {
    private final Map<String, Long> next = new TreeMap<>();
    private final Map<String, Map<String, Long>> unreported = new TreeMap<>();
    private long floor = 1;
    private boolean changed;
    private Map<String, Map<String, Long>> frozen = Map.of();
    private Settled settled = new Settled();
    private boolean due;

    /** The instant of a commit: what it writes down of drops and what is settled is what they are now. */
    synchronized void freeze(Settled now) {
        frozen = new TreeMap<>();
        unreported.forEach((stream, counts) -> frozen.put(stream, new TreeMap<>(counts)));
        settled = now;
        due = isChanged();
        changed = false;
    }

    /** What was settled when the records were written that were read last. */
    synchronized Settled settled() {
        return settled;
    }

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

    /** What the stream's batch in the frozen commit has to report. */
    synchronized Map<String, Long> unreported(String stream) {
        return frozen.getOrDefault(stream, Map.of());
    }

    /** Leaves out so many numbers of every stream, known or not: batches that were damaged beyond recognition had them. */
    synchronized void skip(long numbers) {
        next.replaceAll((stream, seq) -> seq + numbers);
        floor += numbers;
    }

    /** Whether there is something to report that no file knows of. */
    synchronized boolean isChanged() {
        return due || changed && !unreported.isEmpty();
    }

    /** Whether the frozen commit has something to report that no file knows of. */
    synchronized boolean takeChanged() {
        boolean was = due;
        due = false;
        return was;
    }

    /** The commit that was to make the ledger durable has failed. */
    synchronized void setChanged() {
        changed = true;
    }

    /** Hands over what is to be reported. */
    void copyTo(Ledger other) {
        synchronized (this) {
            unreported.forEach(other::dropped);
        }
    }

    synchronized void put(ByteOutput out) {
        out.putVarint(floor);
        Counts.put(out, next);
        putUnreported(out);
    }

    synchronized void putUnreported(ByteOutput out) {
        out.putVarint(frozen.size());
        frozen.forEach((stream, counts) -> {
            out.putText(stream);
            Counts.put(out, counts);
        });
        settled.put(out);
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
        settled = Settled.get(in);
    }
}
