package org.headgate.outbox.log;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.headgate.data.api.Flow;
import org.headgate.outbox.api.Durability;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.Storage;

/**
 * When a log's rows are committed: when enough of them wait or have waited long enough. What fails is tried again, ever more rarely,
 * for ever. Files are touched under {@code writing}, on threads that may block; timers and flags are guarded by the flow's monitor.
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
    private final Pending pending;
    private final Calls calls;
    private final Loop loop;
    private final SegmentWriter writer;
    private final Quarantine quarantine;
    private final GroupCommit commits;
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
    private volatile boolean up;
    private volatile boolean closed;
    private boolean watching;
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
            Pending pending,
            Object reading,
            Lifetime lifetime,
            Limits limits,
            Trouble trouble,
            Calls calls,
            Loop loop,
            Clock clock) {
        this.uplink = uplink;
        this.settings = settings;
        this.flow = flow;
        this.positions = positions;
        this.pending = pending;
        this.calls = calls;
        this.loop = loop;
        ledger = found.ledger;
        this.trouble = trouble;
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
                lifetime,
                calls,
                loop,
                trouble,
                wear,
                this::saveCursor);
        Room room = new Room(limits, positions, lanes, pending, flow, ledger, cursor);
        commits = new GroupCommit(
                settings, ledger, flow, positions, lanes, pending, writer, limits, room, cursor, wear, rate, clock);
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
                ledger.giveBack();
                commits.saveLedger();
                commits.seal();
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
            trouble.went(Trouble.Doing.WRITE, failure);
            committing = false;
            if (failures > 0) {
                commitAfter(Duration.ofMillis(Math.min(LONGEST_RETRY, 250L << Math.min(failures, 7))));
            } else if (outcome.value().orElse(false) || pending.size() >= settings.commitRows() || isSpillDue()) {
                commitNow();
            } else if (!pending.isEmpty()) {
                commitAfter(settings.commitInterval());
            }
            watchMemory();
        }
        if (outcome.failure().isEmpty()) {
            wakeUp.run();
        }
    }

    /** The link is there, or gone: then what is in memory has to be written; the flow's monitor is held. */
    void link(boolean isUp) {
        up = isUp;
        if (!committing && failures == 0 && isSpillDue()) {
            commitNow();
        }
    }

    private boolean isSpillDue() {
        return !up && !positions.memory.isEmpty() || positions.memory.isDue(clock.monotonicNanos());
    }

    /** Looks once a second whether batches wait too long in memory. */
    private void watchMemory() {
        if (!watching && !positions.memory.isEmpty()) {
            watching = true;
            loop.schedule(CursorSaver.INTERVAL, () -> {
                synchronized (flow) {
                    watching = false;
                    link(up);
                    watchMemory();
                }
            });
        }
    }

    private void startUpkeep() {
        calls.submit("outbox:" + uplink, this::upkeep, Duration.ZERO, loop, outcome -> {
            trouble.went(Trouble.Doing.WRITE, outcome.failure());
            loop.schedule(UPKEEP, this::startUpkeep);
        });
    }

    private boolean upkeep() throws IOException {
        synchronized (writing) {
            boolean more = commit();
            return ++upkeeps % UPKEEPS_A_SAVE == 0 ? saveCursor() : more;
        }
    }

    /** Writes one group commit; says whether it left rows that had waited for it. */
    private boolean commit() throws IOException {
        return !ended && commits.run(settings.durability() == Durability.OFFLINE && up && !closed);
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
                commits.saveLedger();
                cursor.save();
                commits.voidFailed();
            }
            return true;
        }
    }
}
