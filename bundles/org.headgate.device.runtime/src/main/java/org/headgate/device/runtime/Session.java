package org.headgate.device.runtime;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.headgate.data.api.Row;
import org.headgate.device.channels.ChannelDefinition;
import org.headgate.device.channels.ReportFilter;

/**
 * One open connection: at most one call in it at a time, writes before reads, reads that were asked for before polls. Lives on the
 * device's loop. A poll that cannot begin before the next one is due is left out, never made up for.
 */
final class Session implements Exchange.Idle {
    private final Parts parts;
    private final Opened opened;
    private final Turns.Turn turn;
    private final Polls polls;
    private final BadColumns bad;
    private final ReportFilter filter;
    private final Instants instants;
    private final Listener listener;
    private final Echoes echoes = new Echoes();
    private final Writes writes = new Writes();
    private final Deque<Runnable> reads = new ArrayDeque<>();
    private final List<CompletableFuture<?>> open = new ArrayList<>();
    private final Exchange exchange;
    private String offline = "";
    private boolean proven;
    private boolean ended;

    /** What was read, as a row and as the driver told it. */
    record Taken(RowReadings readings, Row row) {}

    /** What a session tells its device, on the loop. */
    interface Listener {
        /** The device has answered; the first failed channel and why, or an empty text. */
        void answered(String firstBad);

        /** The connection is good, but the device at its other end is not there. */
        void offline(String why);

        /** The connection is of no use any more; told once. */
        void broken(Session which, Exception failure);
    }

    Session(Parts parts, Opened opened, Instants instants, Turns.Turn turn, boolean proven, Listener listener) {
        this.parts = parts;
        this.opened = opened;
        this.turn = turn;
        this.proven = proven;
        this.listener = listener;
        this.exchange = new Exchange(parts, opened, turn, this);
        this.polls = new Polls(parts, opened, this::next);
        this.bad = new BadColumns(opened.columns());
        this.instants = instants;
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

    /**
     * Reads channels, for somebody who waits.
     *
     * @param names the channels; all where it is empty
     * @throws IllegalArgumentException with one line for the user when the device has no such channel, or it cannot be read
     */
    CompletableFuture<Taken> read(List<String> names) {
        Request request =
                names.isEmpty() ? opened.columns().all() : opened.columns().request(names);
        CompletableFuture<Taken> answer = track(new CompletableFuture<>());
        reads.add(() -> exchange.read(
                request,
                Long.MIN_VALUE,
                (readings, row) -> answer.complete(new Taken(readings, row)),
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
            // What is read in the meantime comes from the bridge and not from the device: only a report says that it is
            // back.
            offline = readings.offline();
            instants.reported(row);
            bad.reported(readings, row);
            answered();
            publish(readings, row, true);
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
        exchange.end();
        polls.stop();
        opened.inbox().close();
        open.forEach(answer -> answer.completeExceptionally(new IllegalStateException(why)));
        open.clear();
        writes.end(why);
        turn.answers(false);
        if (!makeSafe || !opened.outputs().haveSafeState()) {
            Closing.close(parts, opened, closed);
        } else if (exchange.isCalling() && parts.configuration().timeout().compareTo(Closing.PATIENCE) > 0) {
            // Nobody waits so long, and the next device of this name must not find another one writing. The mark on
            // disk stays.
            Closing.closeUnsafe(parts, opened, closed);
        } else if (exchange.isCalling()) {
            exchange.afterCall(returned -> {
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
    @Override
    public void next() {
        if (exchange.isCalling() || ended) {
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
            exchange.read(request, due, (readings, row) -> deliver(readings, request, row), failure -> true);
        }
    }

    private boolean isChecking() {
        return writes.isDoubtful() && !reads.isEmpty();
    }

    private void begin(PendingWrite write) {
        exchange.write(
                write,
                () -> {
                    writes.done();
                    readBack(write.channel());
                },
                this::writeFailed);
    }

    @Override
    public void broken(Exception failure) {
        listener.broken(this, failure);
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

    /** Reads before anything else is read. What the device tells of a write by itself, before or after, is published once. */
    private void check(Request request) {
        reads.addFirst(() -> exchange.read(
                request,
                Long.MIN_VALUE,
                (readings, row) -> {
                    if (readings.isTimed() && parts.stream().has(row)) {
                        note(readings, request);
                        parts.stream().publish(Optional.empty(), false);
                    } else {
                        List<Row> rows = deliver(readings, request, row);
                        if (readings.isTimed()) {
                            rows.forEach(echoes::expect);
                        }
                    }
                },
                failure -> true));
    }

    private List<Row> deliver(RowReadings readings, Request request, Row whole) {
        note(readings, request);
        List<Row> rows = instants.rows(readings, whole);
        rows.forEach(row -> publish(readings, row, false));
        return rows;
    }

    private void note(RowReadings readings, Request request) {
        bad.read(readings, request);
        answered();
    }

    private void publish(RowReadings readings, Row row, boolean waited) {
        boolean echo = echoes.ends(row) && waited && readings.isTimed();
        parts.stream().publish(readings.isEmpty() || echo ? Optional.empty() : filter.filter(row, now()), waited);
    }

    private void answered() {
        proven = true;
        writes.answered();
        turn.answers(true);
        if (offline.isEmpty()) {
            listener.answered(bad.first());
        } else {
            listener.offline(offline);
        }
    }

    private <T> CompletableFuture<T> track(CompletableFuture<T> answer) {
        open.removeIf(CompletableFuture::isDone);
        open.add(answer);
        return answer;
    }

    private long now() {
        return parts.world().clock().monotonicNanos();
    }
}
