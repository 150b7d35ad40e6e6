package org.headgate.outbox.log;

import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.headgate.data.api.Flow;
import org.headgate.data.api.Row;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.system.api.Storage;

/** Gives batches out, lane by lane, each with a reader of its own: first what is on disk, then what is in memory. */
final class LaneReader {
    private final EnumMap<Lane, SegmentReader> readers = new EnumMap<>(Lane.class);
    private final String log;
    private final Account account;
    private final Flow flow;
    private final Positions positions;
    private final Lanes lanes;
    private final Committer committer;
    private final Trouble trouble;
    private final Object reading;
    private boolean closed;
    /** Something could not be read: it is tried again after a pause, not at each call. */
    private volatile boolean pausing;
    /** Guarded by {@code reading}. */
    private final Set<Lane> unreadableLanes = EnumSet.noneOf(Lane.class);

    /**
     * A reader.
     *
     * @param reading is held while files are read
     */
    LaneReader(
            Storage folder,
            String log,
            Account account,
            Positions positions,
            Lanes lanes,
            Committer committer,
            Trouble trouble,
            Object reading) {
        this.trouble = trouble;
        this.log = log;
        this.account = account;
        this.flow = account.flow;
        this.positions = positions;
        this.lanes = lanes;
        this.committer = committer;
        this.reading = reading;
        for (Lane lane : Lane.values()) {
            readers.put(lane, new SegmentReader(folder));
        }
    }

    Optional<OutboxBatch> next(Lane lane, Predicate<OutboxBatch> wanted) {
        synchronized (reading) {
            if (pausing || closed) {
                return Optional.empty();
            }
            SegmentReader reader = readers.get(lane);
            try {
                Optional<OutboxBatch> batch = read(lane, reader, wanted);
                // Where there was nothing to read, there is nothing wrong any more, either.
                works(lane);
                return batch;
            } catch (IOException unreadable) {
                reader.close();
                pausing = true;
                unreadableLanes.add(lane);
                committer.readFailed(unreadable, () -> pausing = false);
                return Optional.empty();
            }
        }
    }

    void close() {
        synchronized (reading) {
            closed = true;
            readers.values().forEach(SegmentReader::close);
        }
    }

    private Optional<OutboxBatch> read(Lane lane, SegmentReader reader, Predicate<OutboxBatch> wanted)
            throws IOException {
        while (true) {
            Lanes.Place place;
            synchronized (flow) {
                place = lanes.place(lane);
                if (place == null) {
                    return held(lane, wanted);
                }
            }
            SegmentReader.Found found = reader.next(place.segment(), place.offset(), place.limit());
            List<BatchIndex.Item> missing = missing(reader, place, found);
            synchronized (flow) {
                if (found == null || !lanes.offers(place, found)) {
                    pass(place, found, missing);
                } else if (wanted.test(batch(lane, log, found.batch(), found.rows(), false))) {
                    pass(place, found, missing);
                    return Optional.of(give(
                            lane,
                            log,
                            new Given(
                                    place.segment(),
                                    found.frame().offset(),
                                    found.batch(),
                                    found.rows().get(0).timeNanos()),
                            found.rows()));
                } else {
                    return Optional.empty();
                }
            }
        }
    }

    private void works(Lane lane) {
        if (unreadableLanes.remove(lane) && unreadableLanes.isEmpty()) {
            trouble.isOver(Trouble.Doing.READ);
        }
    }

    /** What is behind all that is on disk. */
    private Optional<OutboxBatch> held(Lane lane, Predicate<OutboxBatch> wanted) {
        Held held = lanes.held(lane);
        if (held == null) {
            return Optional.empty();
        }
        String identity = held.isStandIn() ? held.standIn() : log;
        if (!wanted.test(batch(lane, identity, held.batch(), held.rows(), false))) {
            return Optional.empty();
        }
        lanes.pass(lane, held);
        Given given = new Given(null, 0, held.batch(), held.rows().get(0).timeNanos());
        return Optional.of(give(lane, identity, given, held.rows()));
    }

    private void pass(Lanes.Place place, SegmentReader.Found found, List<BatchIndex.Item> missing) {
        if (found == null) {
            lanes.skip(place, missing);
        } else {
            lanes.pass(place, found, missing);
        }
        if (!missing.isEmpty()) {
            committer.saveCursorSoon();
        }
    }

    /** The batches between the one that was read last and the one that was found, or the end of what there is. */
    private List<BatchIndex.Item> missing(SegmentReader reader, Lanes.Place place, SegmentReader.Found found) {
        long to;
        synchronized (flow) {
            to = found == null ? lanes.end(place) : found.batch().ordinal();
        }
        return reader.missing(place.segment(), place.ordinal(), to);
    }

    private OutboxBatch give(Lane lane, String identity, Given given, List<Row> rows) {
        return batch(lane, identity, given.batch(), rows, positions.give(given));
    }

    private OutboxBatch batch(Lane lane, String identity, BatchRecord batch, List<Row> rows, boolean again) {
        return new OutboxBatch(
                batch.ordinal(),
                batch.stream(),
                identity,
                batch.seq(),
                rows,
                batch.dropped(),
                again,
                account.recovered(batch.ordinal()),
                lane == Lane.BACKLOG,
                OutboxBatch.Part.WHOLE);
    }
}
