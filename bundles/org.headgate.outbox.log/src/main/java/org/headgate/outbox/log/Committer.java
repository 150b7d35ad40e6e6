package org.headgate.outbox.log;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
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
 * for ever; meanwhile rows go past the disk while the link is up. Files are touched under {@code writing}, on threads that may block;
 * timers and flags are guarded by the flow's monitor.
 */
final class Committer {
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
    private final Outage outage;
    private final Object writing = new Object();
    /** Guarded by {@code writing}: a call that comes after the close must not touch the files of a successor. */
    private boolean ended;

    private Optional<Loop.Timer> timer = Optional.empty();
    private boolean committing;
    private volatile boolean up;
    private volatile boolean closed;
    private boolean watching;
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
        outage = new Outage(loop, this::tryAgain);
        ledger = found.ledger;
        this.trouble = trouble;
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
        writer = new SegmentWriter(folder, found, settings, lifetime, cursor::left);
        Room room = new Room(limits, positions, lanes, pending, flow, ledger, cursor);
        commits = new GroupCommit(
                settings, found, flow, positions, lanes, pending, writer, limits, room, cursor, wear, rate, clock);
        new Upkeep("outbox:" + uplink, calls, loop, this::commit, this::saveCursor, this::upkeepEnded).start();
    }

    Wear wear() {
        return wear;
    }

    /** How many bytes a second are added to the log now. */
    double bytesPerSecond() {
        return rate.perSecond(clock.monotonicNanos());
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

    /** A row waits; the flow's monitor is held. */
    void rowAdded() {
        if (committing || outage.holdsUp(up)) {
            return;
        }
        if (pending.size() >= settings.commitRows()) {
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
        boolean past;
        synchronized (flow) {
            past = outage.goesPast(up);
        }
        Callable<Boolean> call = past ? this::pass : this::commit;
        calls.submit("outbox:" + uplink, call, Duration.ZERO, loop, outcome -> commitEnded(past, outcome));
    }

    private void commitEnded(boolean past, Outcome<Boolean> outcome) {
        synchronized (flow) {
            committing = false;
            boolean more = outcome.value().orElse(false);
            if (!past) {
                trouble.went(Trouble.Doing.WRITE, outcome.failure());
                if (outcome.failure().isEmpty()) {
                    outage.isOver();
                } else {
                    outage.failed();
                }
                more |= pending.size() >= settings.commitRows() || isSpillDue();
            }
            if (outage.isDue() || more && !outage.holdsUp(up)) {
                commitNow();
            } else if (!pending.isEmpty() && !outage.holdsUp(up)) {
                commitAfter(settings.commitInterval());
            }
            watchMemory();
        }
        if (outcome.failure().isEmpty()) {
            wakeUp.run();
        }
    }

    private void tryAgain() {
        synchronized (flow) {
            outage.due();
            if (!committing) {
                commitNow();
            }
        }
    }

    /** The link is there, or gone: then what is in memory has to be written; the flow's monitor is held. */
    void link(boolean isUp) {
        up = isUp;
        boolean has = outage.lasts() ? !pending.isEmpty() && !outage.holdsUp(up) : isSpillDue();
        if (has && !committing) {
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

    private void upkeepEnded(Outcome<Boolean> outcome) {
        synchronized (flow) {
            trouble.went(Trouble.Doing.WRITE, outcome.failure());
            if (outage.lasts() && outcome.failure().isEmpty()) {
                outage.isOver();
                if (!committing && (isSpillDue() || !pending.isEmpty())) {
                    commitNow();
                }
            }
        }
    }

    /** Writes one group commit; says whether it left rows that had waited for it. */
    private boolean commit() throws IOException {
        synchronized (writing) {
            return !ended && commits.run(settings.durability() == Durability.OFFLINE && up && !closed);
        }
    }

    /** Takes what waits past the disk; says whether it left rows that had waited for it. */
    private boolean pass() {
        synchronized (writing) {
            return !ended && commits.pass();
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
                commits.saveLedger();
                cursor.save();
                commits.voidFailed();
            }
            return true;
        }
    }
}
