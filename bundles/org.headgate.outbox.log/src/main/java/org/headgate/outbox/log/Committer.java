package org.headgate.outbox.log;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.Storage;

/**
 * Brings to disk what a log has in memory: group commits when enough rows wait or have waited long enough, and the cursor
 * once a second when it has moved. What fails is tried again, ever more rarely, for ever. Files are touched under {@code
 * writing}, on threads that may block; timers and flags are guarded by the flow's monitor.
 */
final class Committer {
    private static final Duration CURSOR_INTERVAL = Duration.ofSeconds(1);
    private static final long LONGEST_RETRY = 30_000;
    /** How often age and free space are looked at while no row comes. */
    private static final Duration UPKEEP = Duration.ofMinutes(1);
    /** What is to be reported but has no row to go with, and the age, are saved every so many times. */
    private static final int UPKEEPS_A_SAVE = 60;

    private final String uplink;
    private final OutboxSettings settings;
    private final Storage folder;
    private final String log;
    private final Ledger ledger;
    private final Flow flow;
    private final Positions positions;
    private final ArrayDeque<Entry> pending;
    private final Lifetime lifetime;
    private final Limits limits;
    private final Calls calls;
    private final Loop loop;
    private final SegmentWriter writer;
    private final Quarantine quarantine;
    private final Trouble trouble;
    private final Object writing = new Object();
    private final Object reading;
    /** Given up but not deleted: the last segment stays until its successor is there. Guarded by {@code writing}. */
    private final List<Segment> doomed = new ArrayList<>();

    private int upkeeps;
    /** Guarded by {@code writing}: a call that comes after the close must not touch the files of a successor. */
    private boolean ended;

    private Optional<Loop.Timer> timer = Optional.empty();
    private boolean committing;
    private boolean cursorDue;
    private boolean closed;
    private int failures;
    private long syncs;
    private long bytesWritten;
    private volatile Runnable wakeUp = () -> {};

    Committer(
            String uplink,
            OutboxSettings settings,
            Storage folder,
            Recovery found,
            Flow flow,
            Positions positions,
            ArrayDeque<Entry> pending,
            Object reading,
            Lifetime lifetime,
            Trouble trouble,
            Calls calls,
            Loop loop) {
        this.reading = reading;
        this.uplink = uplink;
        this.settings = settings;
        this.folder = folder;
        this.flow = flow;
        this.positions = positions;
        this.pending = pending;
        this.calls = calls;
        this.loop = loop;
        log = found.log;
        ledger = found.ledger;
        this.lifetime = lifetime;
        this.trouble = trouble;
        limits = new Limits(settings, folder, lifetime);
        writer = new SegmentWriter(folder, found, settings, lifetime);
        quarantine = new Quarantine(folder);
        loop.schedule(UPKEEP, this::startUpkeep);
    }

    /** Syncs and bytes so far, and what is wrong now. */
    record Wear(long syncs, long bytes, String problem) {}

    Wear wear() {
        return new Wear(syncs, bytesWritten, trouble.problem());
    }

    void onReadable(Runnable action) {
        wakeUp = action;
        loop.execute(action);
    }

    /** Reading goes on after a pause. */
    void readFailed(IOException why, Runnable again) {
        trouble.is(Trouble.Doing.READ, why);
        loop.schedule(CURSOR_INTERVAL, () -> {
            again.run();
            wakeUp.run();
        });
    }

    void readWorks() {
        trouble.isOver(Trouble.Doing.READ);
    }

    /** A row waits; the flow's monitor is held. */
    void rowAdded() {
        if (committing) {
            return;
        }
        if (pending.size() >= settings.commitRows() && failures == 0) {
            commitNow();
        } else if (timer.isEmpty()) {
            commitAfter(settings.commitInterval());
        }
    }

    /** Keeps a refused batch; blocks. */
    void quarantine(OutboxBatch batch) {
        synchronized (writing) {
            wrote(quarantine.put(batch), 1);
        }
    }

    /** Commits what waits; blocks. */
    void close() {
        synchronized (flow) {
            closed = true;
        }
        loop.close();
        synchronized (writing) {
            try {
                boolean more = true;
                while (more) {
                    more = commit();
                }
                saveCursor();
            } catch (IOException failed) {
                trouble.is(Trouble.Doing.WRITE, failed);
            }
            writer.close();
            ended = true;
        }
    }

    private void wrote(int bytes, int times) {
        synchronized (flow) {
            bytesWritten += bytes;
            syncs += times;
        }
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
            noteWriting(failure);
            committing = false;
            if (failures > 0) {
                commitAfter(Duration.ofMillis(Math.min(LONGEST_RETRY, 250L << Math.min(failures, 7))));
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

    private void noteWriting(Optional<Exception> failure) {
        if (failure.isEmpty()) {
            trouble.isOver(Trouble.Doing.WRITE);
        } else {
            trouble.is(
                    Trouble.Doing.WRITE,
                    failure.get() instanceof IOException io
                            ? io
                            : new IOException(failure.get().toString()));
        }
    }

    private void startUpkeep() {
        calls.submit(
                "outbox:" + uplink,
                () -> {
                    synchronized (writing) {
                        commit();
                        if (++upkeeps % UPKEEPS_A_SAVE == 0) {
                            saveCursor();
                        }
                        return true;
                    }
                },
                Duration.ZERO,
                loop,
                outcome -> {
                    outcome.failure().ifPresent(why -> noteWriting(Optional.of(why)));
                    loop.schedule(UPKEEP, this::startUpkeep);
                });
    }

    /** Writes one group commit; false when nothing waits any more. */
    private boolean commit() throws IOException {
        if (ended) {
            return false;
        }
        List<Entry> rows;
        boolean alone;
        long held;
        synchronized (flow) {
            held = positions.bytes();
        }
        limits.look(held);
        synchronized (flow) {
            makeRoom();
            alone = positions.segments.isEmpty() && !doomed.isEmpty();
            rows = new ArrayList<>(pending);
        }
        if (alone) {
            writer.close();
        }
        boolean written = false;
        try {
            boolean more =
                    (alone || !rows.isEmpty()) && committed(writer.write(rows, limits.segmentBytes())) < rows.size();
            written = true;
            return more;
        } finally {
            // The last one carries the counting on until its successor is there.
            Segment last = alone && !written ? doomed.remove(doomed.size() - 1) : null;
            delete(doomed);
            doomed.clear();
            if (last != null) {
                doomed.add(last);
            }
        }
    }

    /** Gives up what is too old or too much. */
    private void makeRoom() {
        while (!positions.segments.isEmpty()) {
            Segment oldest = positions.segments.firstEntry().getValue();
            if (limits.isExpired(oldest) && (oldest.waiting > 0 || positions.segments.size() > 1)) {
                doomed.add(positions.dropOldest(DropReason.EXPIRED));
            } else if (!pending.isEmpty() && limits.isFull(positions.bytes()) && limits.dropsOldest(oldest)) {
                doomed.add(positions.dropOldest(DropReason.OUTBOX_FULL));
            } else {
                break;
            }
        }
        if (limits.isFull(positions.bytes())) {
            flow.dropped(DropReason.OUTBOX_FULL, pending.size());
            for (Entry entry : pending) {
                ledger.dropped(entry.stream(), Map.of(DropReason.OUTBOX_FULL.label(), 1L));
            }
            pending.clear();
        }
    }

    private int committed(Commit commit) {
        synchronized (flow) {
            wrote(commit.bytes(), 1);
            for (int i = 0; i < commit.taken(); i++) {
                pending.removeFirst();
            }
            positions.committed(commit);
            flow.dropped(DropReason.REFUSED, commit.tooLarge().size());
            for (Entry entry : commit.tooLarge()) {
                ledger.dropped(entry.stream(), Map.of(DropReason.REFUSED.label(), 1L));
            }
        }
        return commit.taken();
    }

    void saveCursorSoon() {
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
            noteWriting(outcome.failure());
            if (outcome.failure().isPresent()) {
                saveCursorSoon();
            }
        }
    }

    private void saveCursor() throws IOException {
        if (ended) {
            return;
        }
        if (ledger.isChanged()) {
            // Settled by refusing: what is behind the cursor must not be forgotten before it was reported.
            committed(writer.write(List.of(), limits.segmentBytes()));
        }
        Cursor cursor;
        List<Segment> done = new ArrayList<>();
        synchronized (flow) {
            cursor = positions.cursor(log);
            // The last one stays: it carries the counting on.
            while (positions.segments.size() > 1 && positions.segments.firstKey() < cursor.position() >>> 32) {
                done.add(positions.segments.pollFirstEntry().getValue());
                ledger.forgetBefore(done.get(done.size() - 1).end);
            }
        }
        try {
            wrote(cursor.save(folder), 2);
        } finally {
            // Even where the cursor cannot be written: a full disk gets room this way.
            delete(done);
        }
    }

    private void delete(List<Segment> segments) {
        for (Segment segment : segments) {
            // Not while it is being opened: a reader that comes too late would make the file again.
            try {
                synchronized (reading) {
                    folder.delete(Segment.file(segment.number));
                }
            } catch (IOException staysThere) {
                trouble.is(Trouble.Doing.DELETE, staysThere);
            }
        }
    }
}
