package org.headgate.outbox.log;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.headgate.data.api.Flow;
import org.headgate.outbox.api.Durability;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.Storage;

/**
 * When a log's rows are committed: when enough of them wait or have waited long enough. What fails is tried again, ever more rarely,
 * for ever; meanwhile rows go past the disk while the link is up. {@link LogFiles} are used on threads that may block;
 * timers and flags are guarded by the flow's monitor.
 */
final class Committer {
    private final String uplink;
    private final OutboxSettings settings;
    private final Flow flow;
    private final Positions positions;
    private final Pending pending;
    private final Calls calls;
    private final Loop loop;
    private final Trouble trouble;
    private final Clock clock;
    private final LogFiles files;
    private final Outage outage;

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
            LogFiles files,
            Flow flow,
            Positions positions,
            Pending pending,
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
        this.trouble = trouble;
        this.clock = clock;
        this.files = files;
        outage = new Outage(
                "outbox:" + uplink,
                flow,
                new Probe(folder, files::makeRoom),
                trouble,
                calls,
                loop,
                () -> up,
                this::tryAgain);
        new Upkeep(
                        "outbox:" + uplink,
                        calls,
                        loop,
                        this::commit,
                        files::saveCursor,
                        this::mayTouchFiles,
                        this::upkeepEnded)
                .start();
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
        if (committing || outage.holdsUp()) {
            return;
        }
        if (pending.size() >= settings.commitRows()) {
            commitNow();
        } else if (timer.isEmpty()) {
            commitAfter(settings.commitInterval());
        }
    }

    /** Commits what waits; blocks. */
    void close() {
        synchronized (flow) {
            closed = true;
        }
        loop.close();
        try {
            files.close();
        } catch (IOException failed) {
            trouble.is(Trouble.Doing.WRITE, failed);
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
            past = outage.goesPast();
        }
        Callable<Boolean> call = past ? files::pass : this::commit;
        calls.submit("outbox:" + uplink, call, Duration.ZERO, loop, outcome -> commitEnded(past, outcome));
    }

    private void commitEnded(boolean past, Outcome<Boolean> outcome) {
        synchronized (flow) {
            committing = false;
            boolean more = outcome.value().orElse(false);
            if (!past) {
                trouble.went(Trouble.Doing.WRITE, outcome.failure());
                if (outcome.failure().isPresent()) {
                    outage.failed();
                } else if (outage.lasts()) {
                    outage.isOver();
                    files.saveCursorSoon();
                }
                more |= pending.size() >= settings.commitRows() || isSpillDue();
            }
            if (outage.isDue() || more && !outage.holdsUp()) {
                commitNow();
            } else if (!pending.isEmpty() && !outage.holdsUp()) {
                commitAfter(settings.commitInterval());
            }
            watchMemory();
        }
        if (outcome.failure().isEmpty()) {
            wakeUp.run();
        }
    }

    private void tryAgain() {
        if (!committing) {
            commitNow();
        }
    }

    private boolean mayTouchFiles() {
        synchronized (flow) {
            return !outage.goesPast();
        }
    }

    /** The link is there, or gone: then what is in memory has to be written; the flow's monitor is held. */
    void link(boolean isUp) {
        up = isUp;
        boolean has = outage.lasts() ? !pending.isEmpty() && !outage.holdsUp() : isSpillDue();
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
                files.saveCursorSoon();
                if (!committing && (isSpillDue() || !pending.isEmpty())) {
                    commitNow();
                }
            }
        }
        if (outcome.failure().isEmpty()) {
            wakeUp.run();
        }
    }

    private boolean commit() throws IOException {
        return files.commit(settings.durability() == Durability.OFFLINE && up && !closed);
    }

    /** Something was settled; the flow's monitor is held. */
    void saveCursorSoon() {
        if (!closed) {
            files.saveCursorSoon();
        }
    }
}
