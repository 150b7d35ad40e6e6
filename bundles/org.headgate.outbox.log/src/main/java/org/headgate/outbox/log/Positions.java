package org.headgate.outbox.log;

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
    record Place(Segment segment, int offset, int limit) {}

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
        return new Place(segment, (int) read, segment.committed);
    }

    /** Nothing more was found at a place: goes on to the next segment; false when there is none. */
    boolean skip(Place place) {
        if (!isAt(place) || place.limit != place.segment.committed) {
            return true;
        }
        if (place.segment == segments.lastEntry().getValue()) {
            return false;
        }
        gap(place.segment, place.segment.end);
        read = (place.segment.number + 1) << 32;
        return true;
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
        return isAt(place) && (known == null || !known.done);
    }

    /** A batch was found at a place: says whether it is to be given out. */
    Giving give(Place place, SegmentReader.Found found) {
        if (!isAt(place)) {
            return Giving.NOT;
        }
        long position = place.segment.position(found.frame().offset());
        gap(place.segment, found.batch().ordinal());
        read = place.segment.position(found.frame().end());
        readOrdinal = found.batch().end();
        Given known = given.get(position);
        if (known != null && known.done) {
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
        return batch.batch.rows();
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
        for (Commit.Added added : commit.batches()) {
            segment.add(added.batch(), added.timeNanos());
            ledger.committed(
                    added.batch().stream(), added.batch().seq(), added.batch().dropped());
        }
    }

    /** Gives the oldest segment up, with what of it is not settled. */
    void dropOldest() {
        Segment oldest = segments.pollFirstEntry().getValue();
        flow.dropped(DropReason.OUTBOX_FULL, oldest.waiting);
        oldest.tallies.forEach((stream, tally) -> {
            if (tally.rows > 0) {
                ledger.dropped(stream, Map.of(DropReason.OUTBOX_FULL.label(), tally.rows));
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

    private void gap(Segment segment, long to) {
        if (to > readOrdinal) {
            long lost = Math.min(segment.waiting, segment.gap(readOrdinal, to - readOrdinal));
            segment.waiting -= lost;
            flow.dropped(DropReason.CORRUPT, lost);
        }
    }
}
