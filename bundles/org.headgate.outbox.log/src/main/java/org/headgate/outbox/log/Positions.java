package org.headgate.outbox.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;

/**
 * What the log holds: its segments, which rows of them are settled, and which batches are on their way. Rows are known by their
 * ordinals: they ascend, whatever file a row is in. Whoever calls holds the flow's monitor; nothing here touches a file.
 */
final class Positions {
    final TreeMap<Long, Segment> segments;
    final Settled settled;
    /** What is on its way, by the ordinal of its first row; as many as the window of whoever sends. */
    final TreeMap<Long, Given> given = new TreeMap<>();

    private final Flow flow;
    private final Ledger ledger;
    /** What is not on disk; behind all that is. */
    final Memory memory = new Memory();

    /** Drops of rows that are on disk: how many there were, and how many of them a file tells of. */
    private long drops;

    private long told;

    private long end;
    private long next;

    Positions(Recovery found, Flow flow) {
        this.segments = found.segments;
        this.settled = found.settled;
        this.flow = flow;
        this.ledger = found.ledger;
        end = found.nextOrdinal;
        next = end;
    }

    /** The ordinal behind all rows that are on disk, or were. */
    long end() {
        return end;
    }

    /** The ordinal that the next row gets, wherever it goes. */
    long next() {
        return next;
    }

    /** A batch was given its number and stays in memory. */
    void hold(Held batch) {
        memory.add(batch);
        next = batch.batch().end();
        BatchRecord head = batch.batch();
        if (batch.isStandIn()) {
            ledger.carry(head.stream(), head.dropped());
        } else {
            ledger.held(head.stream(), head.seq(), head.dropped());
        }
    }

    /** A batch was given out; says whether it was before. */
    boolean give(Given batch) {
        boolean again = given.putIfAbsent(batch.batch().ordinal(), batch) != null;
        if (again) {
            flow.resent(batch.batch().rows());
        }
        return again;
    }

    /** Settles a batch of which rows are dropped; as {@link #settle}. */
    int drop(long ordinal) {
        Given batch = given.get(ordinal);
        if (batch != null && batch.segment() != null) {
            batch.segment().droppedAt = ++drops;
        }
        return settle(ordinal);
    }

    /** How many drops of rows on disk there have been: what a commit that begins now tells of. */
    long drops() {
        return drops;
    }

    /** A commit has reached the disk that tells of so many drops. */
    void told(long tells) {
        told = tells;
    }

    /** Settles a batch that was given out; returns its rows, 0 when it was settled or dropped before. */
    int settle(long ordinal) {
        Given batch = given.remove(ordinal);
        if (batch == null) {
            return 0;
        }
        BatchRecord head = batch.batch();
        settled.add(ordinal, head.end());
        if (memory.remove(ordinal)) {
            ledger.released(head.stream(), head.dropped(), false);
        } else {
            batch.segment().settle(head.stream(), head.rows(), head.dropped());
            tellLost(batch.segment());
        }
        return head.rows();
    }

    /**
     * Rows between two ordinals of a segment cannot be read: they are counted, once, and reported by the next batches of their streams.
     *
     * @param known the batches among them of whom it is known whose they were
     */
    void lost(Segment segment, long from, long to, List<BatchIndex.Item> known) {
        for (BatchIndex.Item item : known) {
            // It may be on its way, and its answer will come: it was counted here.
            given.remove(item.ordinal());
            long rows = settled.add(item.ordinal(), item.ordinal() + item.rows());
            if (rows > 0) {
                segment.settle(item.stream(), rows, item.reports());
                flow.dropped(DropReason.CORRUPT, rows);
                ledger.dropped(item.stream(), Map.of(DropReason.CORRUPT.label(), rows));
                ledger.dropped(item.stream(), item.reports());
                tellLost(segment);
            }
        }
        if (to > from) {
            given.subMap(from, to).clear();
        }
        long rows = settled.add(from, to);
        if (rows > 0) {
            segment.waiting -= rows;
            segment.lost += rows;
            flow.dropped(DropReason.CORRUPT, rows);
            tellLost(segment);
        }
    }

    /** Whose rows were lost is known when all others of the segment are settled: of those streams that have some left. */
    private void tellLost(Segment segment) {
        if (segment.lost > 0 && segment.waiting == 0) {
            handOn(segment, DropReason.CORRUPT);
            segment.lost = 0;
        }
    }

    /** The unsettled rows of a segment are dropped, and what they would have reported is reported by others. */
    private void handOn(Segment segment, DropReason reason) {
        segment.tallies.forEach((stream, tally) -> {
            if (tally.rows > 0) {
                ledger.dropped(stream, Map.of(reason.label(), tally.rows));
            }
            ledger.dropped(stream, tally.reports);
        });
        segment.tallies.clear();
    }

    /** A commit has reached the disk. */
    void committed(Commit commit) {
        Segment segment = commit.segment();
        segments.put(segment.number, segment);
        segment.committed = commit.length();
        segment.bytes = commit.length();
        segment.newest = commit.lived();
        for (Commit.Added added : commit.batches()) {
            BatchRecord batch = added.batch();
            if (added.held()) {
                spilled(segment, batch, added.timeNanos());
            } else {
                segment.add(batch, added.timeNanos());
                ledger.committed(batch.stream(), batch.seq(), batch.dropped());
            }
        }
        end = Math.max(end, segment.end);
        next = Math.max(next, end);
    }

    /** A batch that was in memory is on disk. */
    private void spilled(Segment segment, BatchRecord batch, long timeNanos) {
        // The number may be new: it was not the log's own before.
        ledger.committed(batch.stream(), batch.seq(), Map.of());
        if (memory.remove(batch.ordinal())) {
            ledger.released(batch.stream(), batch.dropped(), true);
        }
        if (settled.contains(batch.ordinal())) {
            segment.end = batch.end();
        } else {
            segment.add(batch, timeNanos);
            given.computeIfPresent(
                    batch.ordinal(), (ordinal, known) -> new Given(segment, 0, batch, known.timeNanos()));
        }
    }

    /** Gives the oldest segment up, with what of it is not settled. */
    Segment dropOldest(DropReason reason) {
        Segment oldest = segments.pollFirstEntry().getValue();
        flow.dropped(reason, oldest.waiting);
        handOn(oldest, reason);
        settled.add(0, oldest.end);
        given.headMap(oldest.end).clear();
        return oldest;
    }

    /** What a cursor says now. */
    Cursor cursor(String log, long lived) {
        long number = segments.isEmpty() ? 1 : segments.lastKey();
        for (Segment segment : segments.values()) {
            if (segment.end > settled.floor()) {
                number = segment.number;
                break;
            }
        }
        return new Cursor(log, number, settled.below(end), lived);
    }

    /** Takes the segments before all that waits. The newest one stays: it carries the counting on. */
    List<Segment> takeSettled() {
        return takeSettled(Long.MAX_VALUE);
    }

    /** The same, up to one with rows that were dropped while no file tells of it. */
    List<Segment> takeTold() {
        return takeSettled(told);
    }

    private List<Segment> takeSettled(long droppedAtMost) {
        List<Segment> taken = new ArrayList<>();
        while (segments.size() > 1) {
            Segment first = segments.firstEntry().getValue();
            if (first.end > settled.floor() || first.droppedAt > droppedAtMost) {
                break;
            }
            taken.add(segments.pollFirstEntry().getValue());
        }
        return taken;
    }

    /**
     * Takes every segment whose rows are settled for a cursor that is on disk: with it a start takes none of them, wherever
     * it was, for damage.
     */
    List<Segment> takeSettled(Cursor saved) {
        List<Segment> taken = new ArrayList<>();
        for (Segment segment : List.copyOf(
                segments.headMap(segments.isEmpty() ? 0 : segments.lastKey()).values())) {
            if (saved.covers(segment)) {
                taken.add(segments.remove(segment.number));
            }
        }
        return taken;
    }

    /** Rows on disk that are not settled. */
    long waiting() {
        return segments.values().stream().mapToLong(segment -> segment.waiting).sum();
    }

    /** Rows below an ordinal that are not settled. */
    long waitingBelow(long ordinal) {
        long to = Math.min(ordinal, next);
        return Math.max(0, to - settled.floor()) - settled.count(settled.floor(), to);
    }

    /** Bytes on disk. */
    long bytes() {
        return segments.values().stream().mapToLong(segment -> segment.bytes).sum();
    }

    /** The time of the oldest row that waits; 0 when none does. */
    long oldestNanos() {
        Given first = given.get(settled.floor());
        if (first != null) {
            return first.timeNanos();
        }
        return segments.values().stream()
                .filter(segment -> segment.waiting > 0)
                .mapToLong(segment -> segment.oldestNanos)
                .findFirst()
                .orElseGet(memory::oldestNanos);
    }
}
