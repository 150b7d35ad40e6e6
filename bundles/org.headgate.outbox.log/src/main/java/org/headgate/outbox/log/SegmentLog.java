package org.headgate.outbox.log;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;
import org.headgate.data.api.Row;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane of one uplink. What is in memory (rows that wait for their commit, positions, counters) is guarded by the
 * flow's monitor, which is never held while a file is touched; commits and the cursor are written under {@code writing}
 * and batches read under {@code reading}, on threads that may block. Timers and flags belong to the loop.
 */
final class SegmentLog implements OutboxLog {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);
    private static final Duration CURSOR_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    /** Rows that may wait in memory, for a slow commit or a failing disk. */
    static final int MEMORY_ROWS = 20_000;

    private final String uplink;
    private final OutboxSettings settings;
    private final Storage folder;
    private final Calls calls;
    private final Loop loop;
    private final Runnable onClose;
    private final String log;
    private final Ledger ledger;
    private final Flow flow;
    private final Positions positions;
    private final Object writing = new Object();
    private final Object reading = new Object();
    private final SegmentWriter writer;
    private final SegmentReader reader;
    private final Quarantine quarantine;

    private final ArrayDeque<Entry> pending = new ArrayDeque<>();
    private boolean committing;
    private Optional<Loop.Timer> timer = Optional.empty();
    private boolean cursorDue;
    private boolean closed;
    private int failures;
    private final String damage;
    private volatile String problem = "";
    private volatile long syncs;
    private volatile long bytesWritten;
    private volatile Runnable wakeUp = () -> {};

    SegmentLog(
            String uplink,
            OutboxSettings settings,
            Storage folder,
            Recovery found,
            Calls calls,
            Loop loop,
            Runnable onClose) {
        this.uplink = uplink;
        this.settings = settings;
        this.folder = folder;
        this.calls = calls;
        this.loop = loop;
        this.onClose = onClose;
        log = found.log;
        ledger = found.ledger;
        flow = new Flow("outbox:" + uplink, uplink, this::queued);
        positions = new Positions(found, flow);
        writer = new SegmentWriter(folder, found, settings);
        reader = new SegmentReader(folder);
        quarantine = new Quarantine(folder);
        long damaged = found.lostRows;
        for (Segment segment : found.segments.values()) {
            damaged += segment.gaps.values().stream().mapToLong(Long::longValue).sum();
        }
        flow.recovered(positions.waiting() + damaged);
        flow.dropped(DropReason.CORRUPT, damaged);
        damage = found.quarantined == 0 ? "" : found.quarantined + " unreadable segments set aside as quarantine-*";
        if (damaged > 0 || found.quarantined > 0) {
            LOG.warn(
                    "{}: the outbox was damaged: {} rows lost, {} files set aside", uplink, damaged, found.quarantined);
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
            if (committing) {
                return;
            }
            if (pending.size() >= settings.commitRows() && failures == 0) {
                commitNow();
            } else if (timer.isEmpty()) {
                commitAfter(settings.commitInterval());
            }
        }
    }

    @Override
    public void onReadable(Runnable action) {
        wakeUp = action;
        loop.execute(action);
    }

    @Override
    public Optional<OutboxBatch> next() {
        synchronized (reading) {
            try {
                return read();
            } catch (IOException unreadable) {
                troubled("cannot read: " + unreadable.getMessage());
                loop.schedule(CURSOR_INTERVAL, () -> wakeUp.run());
                return Optional.empty();
            }
        }
    }

    private Optional<OutboxBatch> read() throws IOException {
        while (true) {
            Positions.Place place;
            synchronized (flow) {
                place = closed ? null : positions.place();
            }
            if (place == null) {
                return Optional.empty();
            }
            SegmentReader.Found found = reader.next(place.segment(), place.offset(), place.limit());
            synchronized (flow) {
                if (found == null) {
                    if (!positions.skip(place)) {
                        return Optional.empty();
                    }
                    continue;
                }
                Positions.Giving giving = positions.give(place, found);
                if (giving != Positions.Giving.NOT) {
                    BatchRecord batch = found.batch();
                    return Optional.of(new OutboxBatch(
                            place.segment().position(found.frame().offset()),
                            batch.stream(),
                            log,
                            batch.seq(),
                            found.rows(),
                            batch.dropped(),
                            giving == Positions.Giving.AGAIN));
                }
            }
        }
    }

    @Override
    public void acknowledge(OutboxBatch batch) {
        synchronized (flow) {
            flow.passed(positions.settle(batch.position()));
            saveCursorSoon();
        }
    }

    @Override
    public void refuse(OutboxBatch batch, String why) {
        LOG.warn("{}: batch {} of {} refused: {}", uplink, batch.seq(), batch.stream(), why);
        synchronized (writing) {
            bytesWritten += quarantine.put(batch);
        }
        synchronized (flow) {
            int rows = positions.settle(batch.position());
            if (rows > 0) {
                flow.dropped(DropReason.REFUSED, rows);
                ledger.dropped(batch.stream(), Map.of(DropReason.REFUSED.label(), (long) rows));
                ledger.dropped(batch.stream(), batch.dropped());
            }
            saveCursorSoon();
        }
    }

    @Override
    public void rewind() {
        synchronized (flow) {
            positions.rewind();
        }
    }

    @Override
    public void close() {
        synchronized (flow) {
            if (closed) {
                return;
            }
            closed = true;
        }
        loop.close();
        synchronized (writing) {
            try {
                while (commit()) {
                    // Until nothing waits.
                }
                saveCursor();
            } catch (IOException failed) {
                troubled("cannot write: " + failed.getMessage());
            }
            writer.close();
        }
        synchronized (reading) {
            reader.close();
        }
        synchronized (flow) {
            flow.dropped(DropReason.STOPPED, pending.size());
            pending.clear();
        }
        onClose.run();
    }

    OutboxStatus status() {
        synchronized (flow) {
            long oldest = positions.oldestNanos();
            if (oldest == 0 && !pending.isEmpty()) {
                oldest = pending.getFirst().row().timeNanos();
            }
            return new OutboxStatus(
                    uplink,
                    log,
                    flow.snapshot(),
                    positions.bytes(),
                    positions.segments.size(),
                    syncs,
                    bytesWritten,
                    oldest,
                    problem.isEmpty() ? damage : problem);
        }
    }

    private long queued() {
        return pending.size() + positions.waiting();
    }

    private void commitNow() {
        timer.ifPresent(Loop.Timer::cancel);
        timer = Optional.empty();
        committing = true;
        loop.execute(this::startCommit);
    }

    private void commitAfter(Duration delay) {
        timer = Optional.of(loop.schedule(delay, () -> {
            synchronized (flow) {
                if (!committing) {
                    commitNow();
                }
            }
        }));
    }

    private void startCommit() {
        calls.submit(
                "outbox:" + uplink,
                () -> {
                    synchronized (writing) {
                        return commit();
                    }
                },
                Duration.ZERO,
                loop,
                this::commitEnded);
    }

    private void commitEnded(Outcome<Boolean> outcome) {
        synchronized (flow) {
            Optional<Exception> failure = outcome.failure();
            failures = failure.isPresent() ? failures + 1 : 0;
            failure.ifPresentOrElse(why -> troubled("cannot write: " + why.getMessage()), this::untroubled);
            committing = false;
            if (failures > 0) {
                commitAfter(retryDelay());
            } else if (pending.size() >= settings.commitRows()) {
                commitNow();
            } else if (!pending.isEmpty()) {
                commitAfter(settings.commitInterval());
            }
        }
        if (outcome.failure().isEmpty()) {
            wakeUp.run();
        }
    }

    private Duration retryDelay() {
        Duration delay = Duration.ofMillis(250L << Math.min(failures, 7));
        return delay.compareTo(LONGEST_RETRY) < 0 ? delay : LONGEST_RETRY;
    }

    /** Writes one group commit; false when nothing waits any more. */
    private boolean commit() throws IOException {
        List<Segment> doomed = new ArrayList<>();
        List<Entry> rows = new ArrayList<>();
        synchronized (flow) {
            while (positions.segments.size() > 1 && positions.bytes() >= settings.maxBytes()) {
                doomed.add(positions.segments.firstEntry().getValue());
                positions.dropOldest();
            }
            for (Iterator<Entry> each = pending.iterator(); each.hasNext(); ) {
                rows.add(each.next());
            }
        }
        boolean more = false;
        try {
            if (!rows.isEmpty()) {
                Commit commit = writer.write(rows);
                syncs++;
                bytesWritten += commit.bytes();
                more = commit.taken() < rows.size();
                synchronized (flow) {
                    for (int i = 0; i < commit.taken(); i++) {
                        pending.removeFirst();
                    }
                    positions.committed(commit);
                    flow.dropped(DropReason.REFUSED, commit.tooLarge().size());
                    commit.tooLarge()
                            .forEach(entry -> ledger.dropped(entry.stream(), Map.of(DropReason.REFUSED.label(), 1L)));
                }
            }
        } finally {
            delete(doomed);
        }
        return more;
    }

    private void saveCursorSoon() {
        if (!cursorDue && !closed) {
            cursorDue = true;
            loop.schedule(
                    CURSOR_INTERVAL,
                    () -> calls.submit(
                            "outbox:" + uplink,
                            () -> {
                                synchronized (writing) {
                                    saveCursor();
                                    return true;
                                }
                            },
                            Duration.ZERO,
                            loop,
                            this::cursorSaved));
        }
    }

    private void cursorSaved(Outcome<Boolean> outcome) {
        synchronized (flow) {
            cursorDue = false;
            outcome.failure()
                    .ifPresentOrElse(
                            why -> {
                                troubled("cannot write: " + why.getMessage());
                                saveCursorSoon();
                            },
                            this::untroubled);
        }
    }

    private void saveCursor() throws IOException {
        Cursor cursor;
        List<Segment> done = new ArrayList<>();
        synchronized (flow) {
            cursor = positions.cursor(log);
            // The last one stays: it carries the counting on.
            while (positions.segments.size() > 1 && positions.segments.firstKey() < cursor.position() >>> 32) {
                done.add(positions.segments.pollFirstEntry().getValue());
            }
        }
        try {
            bytesWritten += cursor.save(folder);
            syncs++;
        } finally {
            // Even where the cursor cannot be written: a full disk gets room this way.
            delete(done);
        }
    }

    private void delete(List<Segment> segments) {
        for (Segment segment : segments) {
            try {
                folder.delete(Segment.file(segment.number));
            } catch (IOException staysThere) {
                troubled("cannot delete: " + staysThere.getMessage());
            }
        }
    }

    private void untroubled() {
        if (!problem.isEmpty()) {
            LOG.info("{}: the outbox writes again", uplink);
            problem = "";
        }
    }

    private void troubled(String what) {
        if (!what.equals(problem)) {
            LOG.warn("{}: the outbox {}; rows wait in memory", uplink, what);
            problem = what;
        }
    }
}
