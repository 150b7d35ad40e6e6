package org.headgate.outbox.log;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.headgate.outbox.api.Lane;

/**
 * The two ways through the log. One ordinal divides them: below it stands the backlog, from it on what is live; when the
 * backlog is settled the floor of what is settled has passed the boundary, and there is one lane again without further ado.
 *
 * <p>Rows that wait for their commit when the log is split belong to the backlog, rows that are appended later do not: the
 * committer puts no row behind the cut into the commit that ends it ({@link #untilCut}), and until it is on disk everything there
 * is backlog.
 *
 * <p>A place in a segment is a hint only, at or before what its lane wants; what is settled or was given out is passed over by its
 * ordinals. Whoever calls holds the flow's monitor.
 */
final class Lanes {
    /** Each split of an unfinished backlog leaves a run of settled rows. Beyond so many of them the log is not split again. */
    static final int MOST_RUNS = 200;

    private static final long UNKNOWN = Long.MAX_VALUE;

    private final Positions positions;
    private final EnumMap<Lane, Reading> readings = new EnumMap<>(Lane.class);
    private long boundary;
    private int uncommitted;

    /**
     * Lanes of a log that was opened.
     *
     * @param boundary the ordinal behind what is backlog from the beginning
     */
    Lanes(Positions positions, long boundary) {
        this.positions = positions;
        this.boundary = boundary;
        for (Lane lane : Lane.values()) {
            readings.put(lane, new Reading());
        }
        rewind();
    }

    /** How far one lane has been given out. */
    private static final class Reading {
        /** The first ordinal that was not given out. */
        long wanted;
        /** Where it is looked for; at or before it. */
        long segment;

        int offset;
        long ordinal;

        void look(long inSegment, int atOffset, long atOrdinal) {
            segment = inSegment;
            offset = atOffset;
            ordinal = atOrdinal;
        }
    }

    /** Where the next batch of a lane is looked for. */
    record Place(Lane lane, Segment segment, int offset, int limit, long ordinal) {}

    /** The boundary, for a log that is opened again in this process. */
    long boundary() {
        return Math.min(boundary, positions.next());
    }

    /** Rows in the lane of the backlog, of which so many wait for their commit at most. */
    long backlog(int pending) {
        return positions.waitingBelow(boundary) + (boundary == UNKNOWN ? Math.min(uncommitted, pending) : 0);
    }

    /** How many of the rows that wait may be committed together; 0 for all. */
    int untilCut() {
        return uncommitted;
    }

    /** The first rows of those that waited are on disk, or refused. */
    void committed(int rows) {
        if (uncommitted > 0) {
            uncommitted = Math.max(0, uncommitted - rows);
            if (uncommitted == 0) {
                boundary = positions.next();
            }
        }
    }

    /**
     * Begins both lanes again with what is not settled.
     *
     * @param split whether all that waits becomes the backlog
     * @param pending how many rows wait for their commit
     */
    void linkUp(boolean split, int pending) {
        if (split && positions.settled.size() < MOST_RUNS) {
            uncommitted = pending;
            boundary = pending > 0 ? UNKNOWN : positions.next();
        }
        rewind();
    }

    private void rewind() {
        long floor = positions.settled.floor();
        seek(readings.get(Lane.BACKLOG), floor);
        seek(readings.get(Lane.LIVE), Math.max(floor, boundary()));
    }

    private void seek(Reading reading, long from) {
        reading.wanted = positions.settled.next(from);
        Given known = positions.given.get(reading.wanted);
        if (known != null && known.offset() > 0) {
            reading.look(known.segment().number, known.offset(), reading.wanted);
        } else if (reading.ordinal > reading.wanted) {
            reading.look(0, 0, 0);
        }
    }

    /** Where to read next; null when all that there is has been read. */
    Place place(Lane lane) {
        Reading reading = readings.get(lane);
        if (lane == Lane.LIVE) {
            if (boundary == UNKNOWN) {
                return null;
            }
            reading.wanted = Math.max(reading.wanted, boundary);
        }
        reading.wanted = positions.settled.next(reading.wanted);
        if (reading.wanted >= limit(lane)) {
            return null;
        }
        Map.Entry<Long, Segment> entry = positions.segments.ceilingEntry(reading.segment);
        while (entry != null && entry.getValue().end <= reading.wanted) {
            entry = positions.segments.higherEntry(entry.getKey());
        }
        if (entry == null) {
            return null;
        }
        Segment segment = entry.getValue();
        if (segment.number != reading.segment) {
            reading.look(segment.number, 0, segment.start);
        }
        return new Place(lane, segment, reading.offset, segment.committed, reading.ordinal);
    }

    /** The next batch of a lane that is in memory, when all that is on disk {@linkplain #place has been read}; null when there is none. */
    Held held(Lane lane) {
        if (lane == Lane.LIVE && boundary == UNKNOWN) {
            return null;
        }
        Held next = positions.memory.from(readings.get(lane).wanted);
        return next == null || next.batch().ordinal() >= limit(lane) ? null : next;
    }

    /** A batch in memory was given out. */
    void pass(Lane lane, Held held) {
        readings.get(lane).wanted = held.batch().end();
    }

    /** The ordinal behind what should be found at a place, when nothing more was. */
    long end(Place place) {
        return place.limit == place.segment.committed ? place.segment.end : place.ordinal;
    }

    /** Nothing more was found at a place: what should be there is lost. */
    void skip(Place place, List<BatchIndex.Item> missing) {
        if (isAt(place) && place.limit == place.segment.committed) {
            Reading reading = readings.get(place.lane);
            positions.lost(place.segment, reading.ordinal, place.segment.end, missing);
            reading.look(place.segment.number, place.limit, place.segment.end);
        }
    }

    /** Whether a batch that was found at a place would be given out now. */
    boolean offers(Place place, SegmentReader.Found found) {
        long ordinal = found.batch().ordinal();
        return isAt(place)
                && ordinal >= readings.get(place.lane).wanted
                && ordinal < limit(place.lane)
                && !positions.settled.contains(ordinal);
    }

    /** A batch was found at a place: the lane goes on behind it, unless it belongs to the other one. */
    void pass(Place place, SegmentReader.Found found, List<BatchIndex.Item> missing) {
        if (!isAt(place)) {
            return;
        }
        Reading reading = readings.get(place.lane);
        BatchRecord batch = found.batch();
        positions.lost(place.segment, reading.ordinal, batch.ordinal(), missing);
        if (batch.ordinal() < limit(place.lane)) {
            reading.look(place.segment.number, found.frame().end(), batch.end());
            reading.wanted = Math.max(reading.wanted, batch.end());
        } else {
            reading.wanted = batch.ordinal();
        }
    }

    private long limit(Lane lane) {
        return lane == Lane.BACKLOG ? boundary : Long.MAX_VALUE;
    }

    private boolean isAt(Place place) {
        Reading reading = readings.get(place.lane);
        return reading.segment == place.segment.number
                && reading.offset == place.offset
                && positions.segments.get(place.segment.number) == place.segment;
    }
}
