package org.headgate.features;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;

/**
 * Runs changes one after the other, in the order in which they were asked for. One that does not end in time has failed for whoever
 * asked, but nothing is done beside it: until it has really returned, others are refused. Thread-safe; its state belongs to the loop.
 */
final class Turns implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final String OWNER = "drivers";

    private final Loop loop;
    private final Calls calls;
    private final Clock clock;
    private final Deque<Turn<?>> waiting = new ArrayDeque<>();
    private boolean busy;
    /** Why nothing can be done; empty as long as something can. */
    private String overdue = "";

    Turns(Loop loop, Calls calls, Clock clock) {
        this.loop = loop;
        this.calls = calls;
        this.clock = clock;
    }

    /** What is asked for; one that is not sure is refused while another hangs. */
    private record Turn<T>(String name, Callable<T> change, boolean sure, CompletableFuture<T> result) {}

    /**
     * Runs a change after those that wait already.
     *
     * @param name what it changes, for those who wait for it
     */
    <T> CompletionStage<T> take(String name, Callable<T> change) {
        return take(new Turn<>(name, change, false, new CompletableFuture<>()));
    }

    /** The same, but however long it has to wait: for what nobody would ask for again. */
    <T> CompletionStage<T> takeSurely(String name, Callable<T> change) {
        return take(new Turn<>(name, change, true, new CompletableFuture<>()));
    }

    @Override
    public void close() {
        loop.close();
    }

    private <T> CompletionStage<T> take(Turn<T> turn) {
        loop.execute(() -> {
            waiting.add(turn);
            next();
        });
        return turn.result;
    }

    private void next() {
        if (!overdue.isEmpty()) {
            refuse();
        } else if (!busy && !waiting.isEmpty()) {
            begin(waiting.poll());
        }
    }

    private <T> void begin(Turn<T> turn) {
        busy = true;
        Instant since = Instant.EPOCH.plusNanos(clock.epochNanos()).truncatedTo(ChronoUnit.SECONDS);
        calls.submit(OWNER, turn.change, PATIENCE, loop, outcome -> {
            boolean inside =
                    outcome.failure().filter(TimeoutException.class::isInstance).isPresent() && calls.stuck(OWNER) > 0;
            outcome.failure()
                    .ifPresentOrElse(
                            turn.result::completeExceptionally,
                            () -> turn.result.complete(outcome.value().orElse(null)));
            if (inside) {
                overdue =
                        "waits for " + turn.name + " to stop since " + since + "; restart the gateway if it never does";
                await();
            } else {
                busy = false;
            }
            next();
        });
    }

    /** Until the thread has left the change, whatever it does there. */
    private void await() {
        loop.schedule(PERIOD, () -> {
            if (calls.stuck(OWNER) > 0) {
                await();
                return;
            }
            overdue = "";
            busy = false;
            next();
        });
    }

    private void refuse() {
        List<Turn<?>> refused = new ArrayList<>(waiting);
        refused.removeIf(Turn::sure);
        waiting.removeAll(refused);
        refused.forEach(turn -> turn.result.completeExceptionally(new RefusedException(overdue)));
    }
}
