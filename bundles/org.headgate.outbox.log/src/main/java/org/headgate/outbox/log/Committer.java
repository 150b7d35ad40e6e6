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
    /** How often age and free space are looked at while no row comes. */
    private static final Duration UPKEEP = Duration.ofMinutes(1);
    /** How many of these make it worth to write down what is to be reported and has no row to go with. */
    private static final int UPKEEPS_A_SAVE = 60;

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
    private final Limits limits;
    private final Room room;
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
    private int upkeeps;
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
            Trouble trouble,
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
        this.trouble = trouble;
        Lifetime lifetime = new Lifetime(clock, found.lived);
        writer = new SegmentWriter(folder, found, settings, lifetime);
        quarantine = new Quarantine(folder);
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
        limits = new Limits(settings, folder, lifetime);
        room = new Room(limits, positions, lanes, pending, flow, ledger, cursor);
        loop.schedule(UPKEEP, this::startUpkeep);
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

    /** Reading goes on after a pause. */
    void readFailed(IOException why, Runnable again) {
        trouble.is(Trouble.Doing.READ, why);
        loop.schedule(CursorSaver.INTERVAL, () -> {
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
                trouble.is(Trouble.Doing.WRITE, failed);
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
            trouble.wrote(failure);
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

    private void startUpkeep() {
        calls.submit(
                "outbox:" + uplink,
                () -> {
                    synchronized (writing) {
                        boolean more = commit();
                        return ++upkeeps % UPKEEPS_A_SAVE == 0 ? saveCursor() : more;
                    }
                },
                Duration.ZERO,
                loop,
                outcome -> {
                    if (outcome.failure().isPresent()) {
                        trouble.wrote(outcome.failure());
                    }
                    loop.schedule(UPKEEP, this::startUpkeep);
                });
    }

    /** Writes one group commit; false when nothing waits any more. */
    private boolean commit() throws IOException {
        if (ended) {
            return false;
        }
        boolean alone = room.make();
        if (alone) {
            writer.close();
        }
        List<Entry> rows = new ArrayList<>();
        synchronized (flow) {
            int cut = lanes.untilCut();
            for (Entry entry : pending) {
                if (cut > 0 && rows.size() == cut) {
                    break;
                }
                rows.add(entry);
            }
            freeze();
        }
        boolean successor = !alone;
        try {
            boolean more = (alone || !rows.isEmpty()) && committed(writer.write(rows, limits.segmentBytes()));
            successor = true;
            return more;
        } finally {
            // Even where it failed: a full disk gets room this way.
            room.clear(successor);
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
            committed(writer.write(List.of(), limits.segmentBytes()));
        }
    }
}
