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
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.Storage;

/**
 * Brings to disk what a log has in memory: group commits when enough rows wait or have waited long enough. What fails is tried again, ever more rarely, for ever. Files are touched under {@code
 * writing}, on threads that may block; timers and flags are guarded by the flow's monitor.
 */
final class Committer {
    private static final long LONGEST_RETRY = 30_000;

    private final String uplink;
    private final OutboxSettings settings;
    private final Ledger ledger;
    private final Flow flow;
    private final Positions positions;
    private final Lanes lanes;
    private final ArrayDeque<Entry> pending;
    private final Calls calls;
    private final Loop loop;
    private final SegmentWriter writer;
    private final Quarantine quarantine;
    private final Trouble trouble;
    private final Wear wear;
    private final Rate rate;
    private final Clock clock;
    private final CursorSaver cursor;
    private final Object writing = new Object();
    /** Guarded by {@code writing}: a call that comes after the close must not touch the files of a successor. */
    private boolean ended;

    private Optional<Loop.Timer> timer = Optional.empty();
    private boolean committing;
    private boolean closed;
    private int failures;
    private volatile Runnable wakeUp = () -> {};

    Committer(
            String uplink,
            OutboxSettings settings,
            Storage folder,
            Recovery found,
            Flow flow,
            Positions positions,
            Lanes lanes,
            ArrayDeque<Entry> pending,
            Object reading,
            Calls calls,
            Loop loop,
            Clock clock) {
        this.uplink = uplink;
        this.settings = settings;
        this.flow = flow;
        this.positions = positions;
        this.lanes = lanes;
        this.pending = pending;
        this.calls = calls;
        this.loop = loop;
        ledger = found.ledger;
        writer = new SegmentWriter(folder, found, settings);
        quarantine = new Quarantine(folder);
        trouble = new Trouble(uplink);
        wear = new Wear(flow);
        this.clock = clock;
        rate = new Rate(clock.monotonicNanos());
        cursor = new CursorSaver(
                "outbox:" + uplink,
                folder,
                found.log,
                flow,
                positions,
                reading,
                calls,
                loop,
                trouble,
                wear,
                this::saveCursor);
    }

    Wear wear() {
        return wear;
    }

    /** How many bytes a second are added to the log now. */
    double bytesPerSecond() {
        return rate.perSecond(clock.monotonicNanos());
    }

    /** What is wrong now; empty when nothing is. */
    String problem() {
        return trouble.problem();
    }

    void onReadable(Runnable action) {
        wakeUp = action;
        loop.execute(action);
    }

    void readFailed(IOException why) {
        trouble.is("cannot read: " + why.getMessage());
        loop.schedule(CursorSaver.INTERVAL, () -> wakeUp.run());
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
            int bytes = quarantine.put(batch);
            wear.wrote(bytes, bytes > 0 ? 2 : 0);
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
                saveLedger();
                cursor.save();
            } catch (IOException failed) {
                trouble.is("cannot write: " + failed.getMessage());
            }
            writer.close();
            ended = true;
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
            failure.ifPresentOrElse(why -> trouble.is("cannot write: " + why.getMessage()), trouble::isOver);
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

    /** Writes one group commit; false when nothing waits any more. */
    private boolean commit() throws IOException {
        if (ended) {
            return false;
        }
        List<Segment> doomed = new ArrayList<>();
        List<Entry> rows = new ArrayList<>();
        synchronized (flow) {
            while (positions.segments.size() > 1 && positions.bytes() >= settings.maxBytes()) {
                doomed.add(positions.segments.firstEntry().getValue());
                positions.dropOldest(DropReason.OUTBOX_FULL);
            }
            int cut = lanes.untilCut();
            for (Entry entry : pending) {
                if (cut > 0 && rows.size() == cut) {
                    break;
                }
                rows.add(entry);
            }
            freeze();
        }
        try {
            return !rows.isEmpty() && committed(writer.write(rows));
        } finally {
            cursor.delete(doomed);
        }
    }

    private void freeze() {
        ledger.freeze(positions.settled.below(positions.end()));
    }

    /** A commit is on disk; says whether more rows wait. */
    private boolean committed(Commit commit) {
        synchronized (flow) {
            // A segment that is begun costs a sync of the folder, too.
            wear.wrote(commit.bytes(), commit.segment().committed == 0 ? 2 : 1);
            rate.add(commit.bytes(), clock.monotonicNanos());
            for (int i = 0; i < commit.taken(); i++) {
                pending.removeFirst();
            }
            positions.committed(commit);
            lanes.committed(commit.taken());
            flow.dropped(DropReason.REFUSED, commit.tooLarge().size());
            for (Entry entry : commit.tooLarge()) {
                ledger.dropped(entry.stream(), Map.of(DropReason.REFUSED.label(), 1L));
            }
            return !pending.isEmpty();
        }
    }

    /** Something was settled; the flow's monitor is held. */
    void saveCursorSoon() {
        if (!closed) {
            cursor.soon();
        }
    }

    private boolean saveCursor() throws IOException {
        synchronized (writing) {
            if (!ended) {
                saveLedger();
                cursor.save();
            }
            return true;
        }
    }

    /** What is behind the cursor must not be forgotten before it was reported. */
    private void saveLedger() throws IOException {
        if (ledger.isChanged()) {
            synchronized (flow) {
                freeze();
            }
            committed(writer.write(List.of()));
        }
    }
}
