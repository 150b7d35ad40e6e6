package org.headgate.outbox.log;

import java.util.List;
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
    private Map<String, Map<String, Long>> told = Map.of();
    /** What batches report that are in memory: it is reported when they have arrived, or are on disk. */
    private final Map<String, Map<String, Long>> carried = new TreeMap<>();
    /** The number of each stream from which on batches must not be given out of memory: those below are never used again. */
    private final Map<String, Long> reserved = new TreeMap<>();

    private final Map<String, Long> asked = new TreeMap<>();
    private boolean asking;
    private Settled settled = new Settled();
    private boolean due;

    /** The instant of a commit: what it writes down of drops and what is settled is what they are now. */
    synchronized void freeze(Settled now) {
        frozen = new TreeMap<>();
        unreported.forEach((stream, counts) -> frozen.put(stream, new TreeMap<>(counts)));
        told = carried.isEmpty() ? frozen : new TreeMap<>();
        if (told != frozen) {
            frozen.forEach((stream, counts) -> told.put(stream, new TreeMap<>(counts)));
            carried.forEach((stream, counts) ->
                    Counts.add(told.computeIfAbsent(stream, missing -> new TreeMap<>()), counts, 1));
        }
        settled = now;
        due = isChanged();
        changed = false;
        asking = false;
    }

    /** What is settled now must be on disk with the next commit, even if there is nothing to report. */
    synchronized void mustBeSaved() {
        asking = true;
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
        report(stream, reported);
    }

    private void report(String stream, Map<String, Long> reported) {
        Map<String, Long> left = unreported.get(stream);
        if (left != null) {
            Counts.add(left, reported, -1);
            left.values().removeIf(rows -> rows <= 0);
            if (left.isEmpty()) {
                unreported.remove(stream);
            }
        }
    }

    /** A batch was given its number and stays in memory; what it reports it carries with it. */
    synchronized void held(String stream, long seq, Map<String, Long> reported) {
        next.merge(stream, seq + 1, Math::max);
        carry(stream, reported);
    }

    /** A batch stays in memory; what it reports it carries with it. */
    synchronized void carry(String stream, Map<String, Long> reported) {
        report(stream, reported);
        if (!reported.isEmpty()) {
            Counts.add(carried.computeIfAbsent(stream, missing -> new TreeMap<>()), reported, 1);
        }
    }

    /**
     * A batch that was held is in memory no more.
     *
     * @param durable whether it is on disk now, and says there what it reports
     */
    synchronized void released(String stream, Map<String, Long> reported, boolean durable) {
        if (!reported.isEmpty()) {
            Counts.add(carried.get(stream), reported, -1);
            carried.values().removeIf(Map::isEmpty);
            asking |= !durable;
        }
    }

    /**
     * Makes sure that so many more numbers of streams may be used in memory; says whether this commit has to write it down first.
     *
     * @param batches the most batches that each stream needs
     * @param ahead how many more are reserved then
     */
    synchronized boolean reserve(Map<String, Integer> batches, int ahead) {
        boolean enough = true;
        for (Map.Entry<String, Integer> each : batches.entrySet()) {
            enough &= next(each.getKey()) + each.getValue() <= reserved.getOrDefault(each.getKey(), 0L);
        }
        if (!enough) {
            asked.clear();
            reserved.keySet().forEach(stream -> asked.put(stream, next(stream) + ahead));
            batches.forEach((stream, most) -> asked.put(stream, next(stream) + most + ahead));
            asking = true;
        }
        return !enough;
    }

    /** What was asked for is on disk. */
    synchronized void granted() {
        reserved.clear();
        reserved.putAll(asked);
    }

    /** Gives back the numbers that were reserved and not used. */
    synchronized void giveBack() {
        if (!reserved.isEmpty()) {
            asked.clear();
            reserved.keySet().forEach(stream -> asked.put(stream, next(stream)));
            asking = true;
        }
    }

    /** An earlier process may have used all numbers that it had reserved. */
    synchronized void passReserved() {
        asked.forEach((stream, number) -> next.merge(stream, number, Math::max));
        asked.clear();
        reserved.clear();
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
        return due || asking || changed && !unreported.isEmpty();
    }

    /** Whether the frozen commit has something to report that no file knows of. */
    synchronized boolean takeChanged() {
        boolean was = due;
        due = false;
        return was;
    }

    /** The commit that was to make the ledger durable has failed. */
    synchronized void setChanged() {
        due = true;
    }

    /** What it is when the frozen commit with these batches is on disk. */
    synchronized Ledger after(List<Commit.Added> batches) {
        Ledger then = new Ledger();
        then.floor = floor;
        then.next.putAll(next);
        told.forEach((stream, counts) -> then.unreported.put(stream, new TreeMap<>(counts)));
        then.asked.putAll(asked);
        for (Commit.Added each : batches) {
            then.committed(
                    each.batch().stream(), each.batch().seq(), each.batch().dropped());
        }
        then.freeze(settled);
        return then;
    }

    /** Takes over all of another one. */
    synchronized void become(Ledger other) {
        floor = other.floor;
        next.clear();
        next.putAll(other.next);
        unreported.clear();
        unreported.putAll(other.unreported);
        asked.clear();
        asked.putAll(other.asked);
        settled = other.settled;
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
        out.putVarint(told.size());
        told.forEach((stream, counts) -> {
            out.putText(stream);
            Counts.put(out, counts);
        });
        Counts.put(out, asked);
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
        asked.clear();
        asked.putAll(Counts.get(in));
        settled = Settled.get(in);
    }
}
