package org.headgate.device.runtime;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Row;
import org.headgate.device.api.Connection;
import org.headgate.system.api.Outcome;

/** The calls into one open connection: one at a time, each within the device's time-out and its turn on the bus. Lives on the device's loop. */
final class Exchange {
    private final Parts parts;
    private final Opened opened;
    private final Turns.Turn turn;
    private final Idle idle;
    private Optional<Consumer<Boolean>> afterCall = Optional.empty();
    private boolean calling;
    private boolean ended;

    /** Hears on the loop how it goes on. */
    interface Idle {
        /** A call has ended; the next one may go. */
        void next();

        /** The connection is of no use any more. */
        void broken(Exception failure);
    }

    /** Takes the row of a read. */
    interface RowTaker {
        void row(RowReadings readings, Row row);
    }

    /** Takes a failure; says whether the connection is of no use any more. */
    interface FailureTaker {
        boolean failed(Exception failure);
    }

    Exchange(Parts parts, Opened opened, Turns.Turn turn, Idle idle) {
        this.parts = parts;
        this.opened = opened;
        this.turn = turn;
        this.idle = idle;
    }

    /** Whether a call is under way. */
    boolean isCalling() {
        return calling;
    }

    /** Tells nothing more to anybody. */
    void end() {
        ended = true;
    }

    /** Sets who is told when the call that is under way has ended: whether it came back. */
    void afterCall(Consumer<Boolean> then) {
        afterCall = Optional.of(then);
    }

    /**
     * Reads channels.
     *
     * @param due when that should have begun, in monotonic nanoseconds; {@link Long#MIN_VALUE} for what has no time of its own
     */
    void read(Request request, long due, RowTaker done, FailureTaker failed) {
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
                    readings.took(now() - begins);
                    return readings;
                },
                readings -> done.row(readings, readings.build(clock)),
                failed);
    }

    /** Writes a value. */
    void write(PendingWrite write, Runnable done, FailureTaker failed) {
        Connection connection = opened.connection();
        call(
                () -> {
                    opened.outputs().write(connection, write.channel(), write.value());
                    return write;
                },
                any -> done.run(),
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
                idle.broken(failure.get());
                return;
            }
        } else {
            outcome.value().ifPresent(done);
        }
        idle.next();
    }

    private long now() {
        return parts.world().clock().monotonicNanos();
    }
}
