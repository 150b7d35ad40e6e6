package org.headgate.uplink.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.headgate.data.api.ClockState;
import org.headgate.outbox.api.Priority;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Payload bytes of the calendar month (UTC), which are kept over restarts, and what they still let through. A day's part may be spent at
 * once, the rest as the month goes by: so what is over the budget is thinned out evenly instead of ending on the twentieth. What is of low
 * priority gets nothing of the last half of the allowance. Outlives the uplink, whose file may be edited. Thread-safe; nothing of it blocks:
 * the file is read and written by calls, one write at a time, so that a disk that hangs keeps no row and nobody who asks waiting.
 */
final class Budget {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
    private static final long SAVE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long DAY = Duration.ofDays(1).toSeconds();
    /** How long the disk may take to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Of no clock that is set. */
    private static final YearMonth NONE = YearMonth.of(1970, 1);

    private final String uplink;
    private final BudgetFile file;
    private final Clock clock;
    private final Calls calls;
    private long limit;
    /** Whether nothing of the file is to come any more: until then it is not written, for it would forget what it says. */
    private boolean loaded;
    /** Whether rows may go by what is known: also where the disk has not answered. */
    private boolean known;
    /** Whether a write is under way: also one that was given up and has not come back. */
    private boolean writing;

    private YearMonth month = NONE;
    private long used;
    private long savedUsed;
    private long savedNanos;

    Budget(String uplink, Storage folder, Clock clock, Calls calls) {
        this.uplink = uplink;
        this.file = new BudgetFile(uplink, folder);
        this.clock = clock;
        this.calls = calls;
        savedNanos = clock.monotonicNanos();
    }

    /** Sets what a month may cost; 0 for no budget. */
    synchronized Budget limit(long bytes) {
        limit = bytes;
        return this;
    }

    /** Whether batches may go: what an earlier process has spent is known, or the disk has had its time to say it. */
    synchronized boolean isKnown() {
        return known || limit == 0;
    }

    /**
     * Asks the disk for what an earlier process has spent, where that is not known.
     *
     * @param then runs as soon as {@link #isKnown}, where it is not yet
     */
    void load(Executor replyOn, Runnable then) {
        if (isKnown()) {
            return;
        }
        calls.submit(owner(), file::read, PATIENCE, replyOn, outcome -> {
                    loaded(outcome);
                    then.run();
                })
                .late(this::take);
    }

    private void loaded(Outcome<Optional<BudgetFile.Spent>> outcome) {
        outcome.failure()
                .ifPresent(why -> LOG.warn(
                        "uplink {}: what the budget has cost so far cannot be read: {}", uplink, why.toString()));
        if (outcome.failure().filter(TimeoutException.class::isInstance).isEmpty()) {
            take(outcome.value().orElse(Optional.empty()));
        }
        synchronized (this) {
            known = true;
        }
    }

    /** What was spent before the file was read counts, too. */
    private synchronized void take(Optional<BudgetFile.Spent> found) {
        if (!loaded) {
            loaded = true;
            found.filter(spent -> !month.isAfter(spent.month())).ifPresent(spent -> {
                month = spent.month();
                used += spent.bytes();
            });
        }
    }

    /** Whether a batch of a priority may go now; {@code HIGH} is not asked for. */
    synchronized boolean lets(Priority priority) {
        if (limit == 0) {
            return true;
        }
        turn();
        long reserve = priority == Priority.LOW ? limit / month.lengthOfMonth() / 2 : 0;
        return used + reserve < allowance();
    }

    /** So many bytes are on their way. */
    void spend(long bytes) {
        boolean due;
        synchronized (this) {
            used += limit > 0 ? bytes : 0;
            due = limit > 0 && clock.monotonicNanos() - savedNanos >= SAVE_NANOS;
        }
        if (due) {
            save();
        }
    }

    /** Bytes of this month so far. */
    synchronized long used() {
        return used;
    }

    synchronized long limit() {
        return limit;
    }

    /** Has what was spent written down; completes when that is done, has failed or has taken too long. */
    CompletableFuture<Void> save() {
        BudgetFile.Spent spent;
        synchronized (this) {
            if (limit == 0 || used == savedUsed || writing || !loaded) {
                return CompletableFuture.completedFuture(null);
            }
            savedNanos = clock.monotonicNanos();
            writing = true;
            spent = new BudgetFile.Spent(month, used);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        calls.submit(
                        owner(),
                        () -> {
                            file.write(spent);
                            return spent;
                        },
                        PATIENCE,
                        Runnable::run,
                        outcome -> {
                            saved(outcome);
                            done.complete(null);
                        })
                .returned(this::writable);
        return done;
    }

    /** Waits for a {@link #save}: no longer than the disk may take. */
    static void await(CompletableFuture<Void> saved) {
        try {
            saved.get(PATIENCE.toSeconds() + 1, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException never) {
            // It has said why.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void saved(Outcome<BudgetFile.Spent> outcome) {
        outcome.failure()
                .ifPresent(why ->
                        LOG.warn("uplink {}: what the budget has cost cannot be kept: {}", uplink, why.getMessage()));
        synchronized (this) {
            outcome.value().ifPresent(spent -> savedUsed = spent.bytes());
            // One that was given up is under way until it has come back, which may be now.
            writing &=
                    outcome.failure().filter(TimeoutException.class::isInstance).isPresent();
        }
    }

    /** The write that was given up has come back. */
    private synchronized void writable() {
        writing = false;
    }

    private String owner() {
        return "uplink-budget:" + uplink;
    }

    /** Bytes that may have been spent by now; all while nobody knows what day it is. */
    private long allowance() {
        if (clock.state() == ClockState.UNSET) {
            return limit;
        }
        double days = (double) (now().getEpochSecond() - begin()) / DAY + 1;
        return (long) (limit * Math.min(1, Math.max(1, days) / month.lengthOfMonth()));
    }

    private long begin() {
        return month.atDay(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }

    /**
     * A new month begins with nothing spent, be it an earlier one after a clock that was ahead; a clock that is put back over a month's begin
     * begins none, and neither does one that is not set.
     */
    private void turn() {
        if (clock.state() == ClockState.UNSET) {
            return;
        }
        YearMonth current = YearMonth.from(now().atOffset(ZoneOffset.UTC));
        if (current.isAfter(month) || now().getEpochSecond() < begin() - DAY) {
            // What went before the clock was first set counts.
            used = month.equals(NONE) ? used : 0;
            month = current;
        }
    }

    private Instant now() {
        return Instant.ofEpochSecond(0, clock.epochNanos());
    }
}
