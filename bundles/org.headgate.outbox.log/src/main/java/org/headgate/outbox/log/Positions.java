package org.headgate.outbox.log;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;

/**
 * Where the log stands: its segments, which batches were given out and which of them are settled. Whoever calls holds the
 * flow's monitor; nothing here touches a file.
 */
final class Positions {
    final TreeMap<Long, Segment> segments;
    private final TreeMap<Long, Given> given = new TreeMap<>();
    private final Flow flow;
    private final Ledger ledger;
    private long settled;
    private long settledOrdinal;
    private long read;
    private long readOrdinal;
    private long furthest;

    Positions(Recovery found, Flow flow) {
        this.segments = found.segments;
        this.flow = flow;
        this.ledger = found.ledger;
        settled = found.cursor.position();
        settledOrdinal = found.cursor.ordinal();
        rewind();
    }

    /** A batch that was given out. */
    private static final class Given {
        final Segment segment;
        final BatchRecord batch;
        final long end;
        final long timeNanos;
        boolean done;

        Given(Segment segment, BatchRecord batch, long end, long timeNanos) {
            this.segment = segment;
            this.batch = batch;
            this.end = end;
            this.timeNanos = timeNanos;
        }
    }

    /** Where the next batch is looked for. */
    record Place(Segment segment, int offset, int limit, long ordinal) {}

    /** Where to read next; null when all segments have been read. */
    Place place() {
        Segment segment = segments.get(read >>> 32);
        if (segment == null) {
            Map.Entry<Long, Segment> next = segments.higherEntry(read >>> 32);
            if (next == null) {
                return null;
            }
            segment = next.getValue();
            read = segment.position(0);
            readOrdinal = segment.start;
        }
        return new Place(segment, (int) read, segment.committed, readOrdinal);
    }

    /** Nothing more was found at a place: goes on to the next segment; false when there is none. */
    boolean skip(Place place) {
        if (!isAt(place) || place.limit != place.segment.committed) {
            return true;
        }
        if (!segments.isEmpty() && place.segment == segments.lastEntry().getValue()) {
            return false;
        }
        read = (place.segment.number + 1) << 32;
        return true;
    }

    /** The ordinal behind the last row of a segment of which no more will come; else that of the place. */
    long endOf(Place place) {
        if (segments.isEmpty()) {
            return place.ordinal;
        }
        boolean more = place.segment == segments.lastEntry().getValue() || place.limit != place.segment.committed;
        return more ? place.ordinal : place.segment.end;
    }

    /** What became of a batch that was found. */
    enum Giving {
        FIRST,
        AGAIN,
        NOT
    }

    /** Whether a batch that was found at a place would be given out now. */
    boolean offers(Place place, SegmentReader.Found found) {
        Given known = given.get(place.segment.position(found.frame().offset()));
        return isAt(place)
                && (known == null || !known.done)
                && !place.segment.isLost(found.batch().ordinal());
    }

    /** A batch was found at a place: says whether it is to be given out. */
    Giving give(Place place, SegmentReader.Found found) {
        if (!isAt(place)) {
            return Giving.NOT;
        }
        long position = place.segment.position(found.frame().offset());
        read = place.segment.position(found.frame().end());
        readOrdinal = found.batch().end();
        Given known = given.get(position);
        if (known != null && known.done || place.segment.isLost(found.batch().ordinal())) {
            return Giving.NOT;
        }
        given.putIfAbsent(
                position,
                new Given(
                        place.segment, found.batch(), read, found.rows().get(0).timeNanos()));
        boolean again = position <= furthest;
        furthest = Math.max(furthest, position);
        if (again) {
            flow.resent(found.batch().rows());
        }
        return again ? Giving.AGAIN : Giving.FIRST;
    }

    /** Settles a batch that was given out; returns its rows, 0 when it was settled or dropped before. */
    int settle(long position) {
        Given batch = given.get(position);
        if (batch == null || batch.done) {
            return 0;
        }
        batch.done = true;
        batch.segment.settle(batch.batch.stream(), batch.batch.rows(), batch.batch.dropped());
        advance();
        return batch.batch.rows();
    }

    private void advance() {
        for (Map.Entry<Long, Given> first = given.firstEntry();
                first != null && first.getValue().done;
                first = given.firstEntry()) {
            settled = first.getValue().end;
            settledOrdinal = first.getValue().batch.end();
            given.pollFirstEntry();
        }
        if (read < settled) {
            // Settled after a rewind: it is not given out again.
            read = settled;
            readOrdinal = settledOrdinal;
        }
    }

    /** Begins again with the first batch that is not settled. */
    void rewind() {
        read = settled;
        readOrdinal = settledOrdinal;
    }

    /** A commit has reached the disk. */
    void committed(Commit commit) {
        Segment segment = commit.segment();
        segments.put(segment.number, segment);
        segment.committed = commit.length();
        segment.bytes = commit.length();
        segment.newest = commit.lived();
        for (Commit.Added added : commit.batches()) {
            segment.add(added.batch(), added.timeNanos());
            ledger.committed(
                    added.batch().stream(), added.batch().seq(), added.batch().dropped());
        }
    }

    /** Gives the oldest segment up, with what of it is not settled. */
    Segment dropOldest(DropReason reason) {
        Segment oldest = segments.pollFirstEntry().getValue();
        flow.dropped(reason, oldest.waiting);
        oldest.tallies.forEach((stream, tally) -> {
            if (tally.rows > 0) {
                ledger.dropped(stream, Map.of(reason.label(), tally.rows));
            }
            ledger.dropped(stream, tally.reports);
        });
        long behind = (oldest.number + 1) << 32;
        given.headMap(behind).clear();
        if (settled < behind) {
            settled = behind;
            settledOrdinal = oldest.end;
        }
        if (read < behind) {
            read = settled;
            readOrdinal = settledOrdinal;
        }
        ledger.forgetBefore(oldest.end);
        return oldest;
    }

    Cursor cursor(String log) {
        return new Cursor(log, settled, settledOrdinal);
    }

    /** Rows on disk that are not settled. */
    long waiting() {
        return segments.values().stream().mapToLong(segment -> segment.waiting).sum();
    }

    /** The position behind all that was committed. */
    long end() {
        return segments.isEmpty()
                ? 0
                : segments.lastEntry().getValue().position(segments.lastEntry().getValue().committed);
    }

    /** Bytes on disk. */
    long bytes() {
        return segments.values().stream().mapToLong(segment -> segment.bytes).sum();
    }

    /** The time of the oldest row that waits; 0 when none does. */
    long oldestNanos() {
        if (!given.isEmpty()) {
            return given.firstEntry().getValue().timeNanos;
        }
        return segments.values().stream()
                .filter(segment -> segment.waiting > 0)
                .mapToLong(segment -> segment.oldestNanos)
                .findFirst()
                .orElse(0);
    }

    private boolean isAt(Place place) {
        return read == place.segment.position(place.offset) && segments.get(place.segment.number) == place.segment;
    }

    /** Batches of a segment cannot be read any more: each is counted, and reported by its stream's next batch, once. */
    void lost(Place place, List<BatchIndex.Item> missing) {
        if (!isAt(place)) {
            return;
        }
        Segment segment = place.segment;
        for (BatchIndex.Item item : missing) {
            long position = segment.position(item.offset());
            Given known = given.get(position);
            if (known != null && known.done || item.offset() >= 0 && position < settled) {
                continue;
            }
            long rows = Math.min(segment.waiting, segment.gap(item.ordinal(), item.rows()));
            if (rows == 0) {
                continue;
            }
            String stream = item.stream().isEmpty() ? segment.busiest() : item.stream();
            segment.settle(stream, rows, item.reports());
            flow.dropped(DropReason.CORRUPT, rows);
            ledger.lost(item.ordinal(), rows);
            ledger.dropped(stream, Map.of(DropReason.CORRUPT.label(), rows));
            ledger.dropped(stream, item.reports());
            if (known != null) {
                known.done = true;
            }
        }
        advance();
    }
}
