package org.headgate.device.runtime;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Row;
import org.headgate.device.channels.ChannelDefinition;
import org.headgate.device.channels.ReportFilter;
import org.headgate.system.api.Outcome;

/**
 * One open connection: at most one call in it at a time, writes before reads, reads that were asked for before polls. Lives on the
 * device's loop. A poll that cannot begin before the next one is due is left out, never made up for.
 */
final class Session {
    private final Parts parts;
    private final Opened opened;
    private final Turns.Turn turn;
    private final Polls polls;
    private final BadColumns bad;
    private final ReportFilter filter;
    private final Listener listener;
    private final Writes writes = new Writes();
    private final Deque<Runnable> reads = new ArrayDeque<>();
    private final List<CompletableFuture<Row>> open = new ArrayList<>();
    private Optional<Consumer<Boolean>> afterCall = Optional.empty();
    private boolean proven;
    private boolean calling;
    private boolean ended;

    /** What a session tells its device, on the loop. */
    interface Listener {
        /** The device has answered; the first failed channel and why, or an empty text. */
        void answered(String firstBad);

        /** The connection is of no use any more; told once. */
        void broken(Session which, Exception failure);
    }

    Session(Parts parts, Opened opened, Turns.Turn turn, boolean proven, Listener listener) {
        this.parts = parts;
        this.opened = opened;
        this.turn = turn;
        this.proven = proven;
        this.listener = listener;
        this.polls = new Polls(parts, opened, this::next);
        this.bad = new BadColumns(opened.columns());
        this.filter = new ReportFilter(
                opened.columns().definitions(), opened.columns().schema());
    }

    Opened opened() {
        return opened;
    }

    void start() {
        if (polls.isEmpty()) {
            // Nothing will ever be asked of it, so having been opened is the only answer there is.
            answered();
        } else {
            polls.start();
            next();
        }
    }

    /** Reads every channel, for somebody who waits. */
    CompletableFuture<Row> read() {
        CompletableFuture<Row> answer = track(new CompletableFuture<>());
        reads.add(() -> read(
                opened.columns().all(),
                Long.MIN_VALUE,
                (readings, row) -> answer.complete(row),
                answer::completeExceptionally));
        next();
        return answer;
    }

    /** Writes, then reads back. */
    void write(PendingWrite write) {
        writes.add(write);
        next();
    }

    /** A report arrived on the loop; it has been counted as waiting. */
    void reported(RowReadings readings, Row row) {
        if (ended) {
            parts.stream().waiting().dropsOne();
        } else {
            deliver(readings, opened.columns().all(), row, true);
        }
    }

    /**
     * Ends the session; the future completes when the connection is closed, or when closing it hangs.
     *
     * @param makeSafe whether to write the outputs' safe states first
     */
    CompletableFuture<Void> end(String why, boolean makeSafe) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        if (ended) {
            closed.complete(null);
            return closed;
        }
        ended = true;
        polls.stop();
        opened.inbox().close();
        open.forEach(answer -> answer.completeExceptionally(new IllegalStateException(why)));
        open.clear();
        writes.end(why);
        turn.answers(false);
        if (!makeSafe || !opened.outputs().haveSafeState()) {
            Closing.close(parts, opened, closed);
        } else if (calling && parts.configuration().timeout().compareTo(Closing.PATIENCE) > 0) {
            // Nobody waits so long, and the next device of this name must not find another one writing. The mark on
            // disk stays.
            Closing.closeUnsafe(parts, opened, closed);
        } else if (calling) {
            afterCall = Optional.of(returned -> {
                if (returned) {
                    Closing.makeSafeAndClose(parts, opened, turn, closed);
                } else {
                    // Its one call still runs: nothing may be written beside it. The mark on disk stays.
                    Closing.closeUnsafe(parts, opened, closed);
                }
            });
        } else {
            Closing.makeSafeAndClose(parts, opened, turn, closed);
        }
        return closed;
    }

    /** Asks for the bus when there is something to do and nothing is being done. */
    private void next() {
        if (calling || ended) {
            return;
        }
        if (!writes.isEmpty() && !isChecking()) {
            turn.ask(Turns.Rank.WRITE, now(), this::granted);
        } else if (!reads.isEmpty()) {
            turn.ask(Turns.Rank.READ, now(), this::granted);
        } else if (polls.isWaiting()) {
            turn.ask(proven ? Turns.Rank.POLL : Turns.Rank.PROBE, polls.wantedAt(), this::granted);
        }
    }

    private void granted() {
        if (ended) {
            turn.release();
        } else if (!writes.isEmpty() && !isChecking()) {
            writes.begin(parts.world().clock()).ifPresentOrElse(this::begin, () -> {
                turn.release();
                next();
            });
        } else if (!reads.isEmpty()) {
            reads.remove().run();
        } else if (!polls.isWaiting()) {
            turn.release();
        } else {
            long due = polls.wantedAt();
            Request request = polls.take();
            read(request, due, (readings, row) -> deliver(readings, request, row, false), failure -> true);
        }
    }

    private boolean isChecking() {
        return writes.isDoubtful() && !reads.isEmpty();
    }

    private void begin(PendingWrite write) {
        call(
                () -> {
                    opened.outputs().write(opened.connection(), write.channel(), write.value());
                    return write;
                },
                done -> {
                    writes.done();
                    readBack(write.channel());
                },
                this::writeFailed);
    }

    /** A value that was refused says nothing about the connection: a read will. Where nothing can be read, a second failure does. */
    private boolean writeFailed(Exception failure) {
        boolean second = writes.failed(failure);
        if (failure instanceof TimeoutException) {
            return true;
        }
        if (!(failure instanceof IOException)) {
            parts.log("writing failed", failure);
        }
        if (opened.columns().size() == 0) {
            return second;
        }
        check(opened.columns().request(0));
        return false;
    }

    private void readBack(ChannelDefinition channel) {
        int column = opened.columns().schema().indexOf(channel.channel().name());
        if (column >= 0) {
            check(opened.columns().request(column));
        }
    }

    /** Reads before anything else is read. */
    private void check(Request request) {
        reads.addFirst(() -> read(
                request, Long.MIN_VALUE, (readings, row) -> deliver(readings, request, row, false), failure -> true));
    }

    private void deliver(RowReadings readings, Request request, Row row, boolean waited) {
        bad.note(readings, request);
        answered();
        parts.stream().publish(readings.isEmpty() ? Optional.empty() : filter.filter(row, now()), waited);
    }

    private void answered() {
        proven = true;
        writes.answered();
        turn.answers(true);
        listener.answered(bad.first());
    }

    /** Takes the row of a read. */
    private interface RowTaker {
        void row(RowReadings readings, Row row);
    }

    /** Takes a failure; says whether the connection is of no use any more. */
    private interface FailureTaker {
        boolean failed(Exception failure);
    }

    private void read(Request request, long due, RowTaker done, FailureTaker failed) {
        // Asked before the time is noted: see Clock.state.
        ClockState clock = parts.world().clock().state();
        call(
                () -> {
                    long begins = now();
                    if (due != Long.MIN_VALUE) {
                        parts.world().punctuality().began(begins - due);
                    }
                    RowReadings readings = new RowReadings(
                            opened.columns(),
                            request.columns(),
                            parts.world().clock().epochNanos());
                    opened.connection().read(request.channels(), readings);
                    return readings;
                },
                readings -> done.row(readings, readings.build(clock)),
                failed);
    }

    private <T> void call(Callable<T> call, Consumer<T> done, FailureTaker failed) {
        calling = true;
        parts.calls()
                .submit(call, parts.configuration().timeout(), turn::release, outcome -> settle(outcome, done, failed));
    }

    private <T> void settle(Outcome<T> outcome, Consumer<T> done, FailureTaker failed) {
        calling = false;
        Optional<Exception> failure = outcome.failure();
        if (ended) {
            afterCall.ifPresent(then -> then.accept(!(failure.orElse(null) instanceof TimeoutException)));
            return;
        }
        if (failure.isPresent()) {
            if (failed.failed(failure.get())) {
                listener.broken(this, failure.get());
                return;
            }
        } else {
            outcome.value().ifPresent(done);
        }
        next();
    }

    private CompletableFuture<Row> track(CompletableFuture<Row> answer) {
        open.removeIf(CompletableFuture::isDone);
        open.add(answer);
        return answer;
    }

    private long now() {
        return parts.world().clock().monotonicNanos();
    }
}
