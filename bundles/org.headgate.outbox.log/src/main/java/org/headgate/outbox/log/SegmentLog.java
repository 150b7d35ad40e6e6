package org.headgate.outbox.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;
import org.headgate.data.api.Row;
import org.headgate.outbox.api.Lane;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane of one uplink. What is in memory (rows that wait for their commit, positions, counters) is guarded by the
 * flow's monitor, which is never held while a file is touched; the {@link Committer} writes, and batches are read under
 * {@code reading}, so neither waits for the other.
 */
final class SegmentLog implements OutboxLog {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);
    /** Rows that may wait in memory, for a slow commit or a failing disk. */
    static final int MEMORY_ROWS = 20_000;

    private final OutboxName name;
    private final OutboxSettings settings;
    private final Runnable onClose;
    private final String log;
    private final Ledger ledger;
    private final Account account;
    private final Flow flow;
    private final Positions positions;
    private final Object reading = new Object();
    private final Committer committer;
    private final SegmentReader reader;

    private final ArrayDeque<Entry> pending = new ArrayDeque<>();
    private boolean closed;
    /** Something could not be read: it is tried again after a pause, not at each call. */
    private volatile boolean pausing;

    private final String damage;

    SegmentLog(
            OutboxName name,
            Account account,
            OutboxSettings settings,
            Storage folder,
            Recovery found,
            Lifetime lifetime,
            Trouble trouble,
            Calls calls,
            Loop loop,
            Runnable onClose) {
        this.name = name;
        this.settings = settings;
        this.onClose = onClose;
        log = found.log;
        ledger = found.ledger;
        this.account = account;
        flow = account.flow;
        positions = new Positions(found, flow);
        committer = new Committer(
                name.toString(),
                settings,
                folder,
                found,
                flow,
                positions,
                pending,
                reading,
                lifetime,
                trouble,
                calls,
                loop);
        reader = new SegmentReader(folder);
        long damaged = found.lostRows;
        account.opened(log, positions.end(), this::queued, positions.waiting(), damaged);
        damage = found.quarantined == 0 ? "" : found.quarantined + " unreadable segments set aside as quarantine-*";
        if (damaged > 0 || found.quarantined > 0) {
            LOG.warn("{}: the outbox was damaged: {} rows lost, {} files set aside", name, damaged, found.quarantined);
        }
    }

    @Override
    public void append(String stream, Row row) {
        synchronized (flow) {
            flow.in(1);
            if (closed || pending.size() >= MEMORY_ROWS) {
                DropReason reason = closed ? DropReason.STOPPED : DropReason.STORAGE;
                flow.dropped(reason, 1);
                ledger.dropped(stream, Map.of(reason.label(), 1L));
                return;
            }
            pending.add(new Entry(stream, row));
            committer.rowAdded();
        }
    }

    void onReadable(Runnable action) {
        committer.onReadable(action);
    }

    @Override
    public Optional<OutboxBatch> next(Lane lane, Predicate<OutboxBatch> wanted) {
        if (lane == Lane.BACKLOG) {
            return Optional.empty();
        }
        synchronized (reading) {
            if (pausing) {
                return Optional.empty();
            }
            try {
                Optional<OutboxBatch> batch = read(wanted);
                committer.readWorks();
                return batch;
            } catch (IOException unreadable) {
                reader.close();
                pausing = true;
                committer.readFailed(unreadable, () -> pausing = false);
                return Optional.empty();
            }
        }
    }

    private Optional<OutboxBatch> read(Predicate<OutboxBatch> wanted) throws IOException {
        while (true) {
            Positions.Place place;
            synchronized (flow) {
                place = closed ? null : positions.place();
            }
            if (place == null) {
                return Optional.empty();
            }
            SegmentReader.Found found = reader.next(place.segment(), place.offset(), place.limit());
            List<BatchIndex.Item> missing = missing(place, found);
            synchronized (flow) {
                if (!missing.isEmpty()) {
                    positions.lost(place, missing);
                    committer.saveCursorSoon();
                }
                if (found == null) {
                    if (!positions.skip(place)) {
                        return Optional.empty();
                    }
                    continue;
                }
                if (positions.offers(place, found) && !wanted.test(batch(place, found, false))) {
                    return Optional.empty();
                }
                Positions.Giving giving = positions.give(place, found);
                if (giving != Positions.Giving.NOT) {
                    return Optional.of(batch(place, found, giving == Positions.Giving.AGAIN));
                }
            }
        }
    }

    /** What is missing between the last batch that was read and the one that was found, or the end of a segment. */
    private List<BatchIndex.Item> missing(Positions.Place place, SegmentReader.Found found) throws IOException {
        long to;
        synchronized (flow) {
            to = found != null ? found.batch().ordinal() : positions.endOf(place);
        }
        return reader.missing(place.segment(), place.ordinal(), to);
    }

    private OutboxBatch batch(Positions.Place place, SegmentReader.Found found, boolean again) {
        long position = place.segment().position(found.frame().offset());
        BatchRecord batch = found.batch();
        return new OutboxBatch(
                position,
                batch.stream(),
                log,
                batch.seq(),
                found.rows(),
                batch.dropped(),
                again,
                account.recovered(position),
                false,
                OutboxBatch.Part.WHOLE);
    }

    @Override
    public void acknowledge(OutboxBatch batch) {
        synchronized (flow) {
            flow.passed(positions.settle(batch.position()));
            committer.saveCursorSoon();
        }
    }

    @Override
    public void drop(OutboxBatch batch, List<Integer> rows, DropReason reason, String why) {
        if (reason == DropReason.REFUSED) {
            LOG.warn("{}: {} rows of batch {} of {} refused: {}", name, rows.size(), batch.seq(), batch.stream(), why);
            committer.quarantine(batch.with(rows.stream().map(batch.rows()::get).toList()));
        }
        synchronized (flow) {
            int settled = positions.settle(batch.position());
            if (settled > 0) {
                flow.dropped(reason, rows.size());
                flow.passed(settled - rows.size());
                ledger.dropped(batch.stream(), Map.of(reason.label(), (long) rows.size()));
                ledger.dropped(batch.stream(), batch.dropped());
            }
            committer.saveCursorSoon();
        }
    }

    @Override
    public void linkUp(boolean split) {
        synchronized (flow) {
            positions.rewind();
        }
    }

    @Override
    public void linkDown() {}

    @Override
    public void close() {
        synchronized (flow) {
            if (closed) {
                return;
            }
            closed = true;
        }
        committer.close();
        synchronized (reading) {
            reader.close();
        }
        synchronized (flow) {
            flow.dropped(DropReason.STOPPED, pending.size());
            pending.clear();
            account.closed(positions.waiting());
        }
        onClose.run();
    }

    OutboxStatus status() {
        synchronized (flow) {
            long oldest = positions.oldestNanos();
            if (oldest == 0 && !pending.isEmpty()) {
                oldest = pending.getFirst().row().timeNanos();
            }
            Committer.Wear wear = committer.wear();
            return new OutboxStatus(
                    name,
                    log,
                    flow.snapshot(),
                    positions.bytes(),
                    settings.maxBytes(),
                    positions.segments.size(),
                    0,
                    pending.size(),
                    wear.syncs(),
                    wear.bytes(),
                    0,
                    oldest,
                    0,
                    wear.problem().isEmpty() ? damage : wear.problem());
        }
    }

    private long queued() {
        return pending.size() + positions.waiting();
    }
}
