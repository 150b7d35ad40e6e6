package org.headgate.device.runtime;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.headgate.data.api.Row;
import org.headgate.device.api.Driver;
import org.headgate.system.api.Outcome;

/**
 * The way to an open connection: asks the driver for the bus, waits for a turn there, opens. One try at a time; what comes of a try that
 * was given up is closed again. Lives on the device's loop.
 */
final class Opening {
    private final Parts parts;
    private final Blueprint blueprint;
    private final OutputMarks marks;
    private final Reported reported;
    private Optional<Turns.Turn> turn = Optional.empty();
    private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);
    private int generation;
    private boolean wasOpened;
    private volatile long openNanos;
    private volatile String bus = "";

    /** Hears on the loop what the device reports by itself through the connection that was opened last. */
    interface Reported {
        /** A report, which has been counted as waiting. */
        void row(RowReadings readings, Row row);

        /** Nothing more will come. */
        void failed(Exception why);
    }

    Opening(Parts parts, Blueprint blueprint, OutputMarks marks, Reported reported) {
        this.parts = parts;
        this.blueprint = blueprint;
        this.marks = marks;
        this.reported = reported;
    }

    /** The device's place at its bus; there since the first try. */
    Turns.Turn turn() {
        return turn.orElseThrow();
    }

    /** The name of the bus; empty where the device has its own, or it is not known. May be asked by any thread. */
    String bus() {
        return bus;
    }

    /**
     * Opens a connection.
     *
     * @param rank how urgent that is
     * @param then is told on the loop how it went, unless it is given up
     */
    void begin(Driver driver, Turns.Rank rank, Consumer<Outcome<Opened>> then) {
        int mine = ++generation;
        if (turn.isPresent()) {
            ask(mine, driver, rank, then);
            return;
        }
        DeviceConfiguration configuration = parts.configuration();
        call(
                () -> configuration.bus().isPresent() ? configuration.bus().get() : driver.bus(blueprint.settings()),
                () -> {},
                (outcome, ended) -> {
                    ended.complete(null);
                    if (mine != generation) {
                        return;
                    }
                    if (outcome.failure().isPresent()) {
                        then.accept(Outcome.failed(outcome.failure().get()));
                        return;
                    }
                    bus = outcome.value().orElse("");
                    turn = Optional.of(parts.world().buses().bus(bus).place(parts.loop()));
                    ask(mine, driver, rank, then);
                });
    }

    /**
     * Gives up; the future completes when no call of a try is under way any more. The place at the bus is left when {@code closed}
     * completes, until when it may be needed.
     */
    CompletableFuture<Void> giveUp(CompletableFuture<Void> closed) {
        generation++;
        // Whoever opens it next finds the mark of outputs that could not be made safe.
        wasOpened = false;
        bus = "";
        turn.ifPresent(place -> closed.whenComplete((ended, failure) -> place.leave()));
        turn = Optional.empty();
        return underWay;
    }

    private void ask(int mine, Driver driver, Turns.Rank rank, Consumer<Outcome<Opened>> then) {
        Turns.Turn place = turn();
        place.ask(rank, parts.world().clock().monotonicNanos(), () -> {
            if (mine == generation) {
                open(mine, driver, place, then);
            } else {
                place.release();
            }
        });
    }

    private void open(int mine, Driver driver, Turns.Turn place, Consumer<Outcome<Opened>> then) {
        boolean first = !wasOpened;
        call(
                () -> timed(() -> Opened.open(driver, blueprint, marks, first, columns -> inbox(mine, columns))),
                place::release,
                (outcome, ended) -> {
                    if (mine == generation) {
                        ended.complete(null);
                        wasOpened |= outcome.value().isPresent();
                        then.accept(outcome);
                    } else {
                        outcome.value()
                                .ifPresentOrElse(late -> Closing.close(parts, late, ended), () -> ended.complete(null));
                    }
                });
    }

    /** How long the last try took inside of the driver, in nanoseconds, however it ended. */
    long openNanos() {
        return openNanos;
    }

    private Opened timed(Callable<Opened> body) throws Exception {
        long begins = parts.world().clock().monotonicNanos();
        openNanos = 0;
        try {
            return body.call();
        } finally {
            openNanos = parts.world().clock().monotonicNanos() - begins;
        }
    }

    private <T> void call(Callable<T> body, Runnable release, BiConsumer<Outcome<T>, CompletableFuture<Void>> then) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        underWay = ended;
        parts.calls()
                .submit(body, parts.configuration().timeout(), release, outcome -> then.accept(outcome, ended))
                .late(late -> {
                    if (late instanceof Opened opened) {
                        Closing.close(parts, opened, new CompletableFuture<>());
                    }
                });
    }

    private Inbox inbox(int mine, Columns columns) {
        return new Inbox(
                columns,
                parts.stream().waiting(),
                parts.world().clock(),
                parts.loop(),
                (readings, row) -> {
                    if (mine == generation) {
                        reported.row(readings, row);
                    } else {
                        parts.stream().waiting().dropsOne();
                    }
                },
                failure -> {
                    if (mine == generation) {
                        reported.failed(failure);
                    }
                });
    }
}
