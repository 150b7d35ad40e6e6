package org.headgate.features;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;

/** Runs changes one after the other, in the order in which they were asked for. Thread-safe; its state belongs to the loop. */
final class Turns implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Loop loop;
    private final Calls calls;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    Turns(Loop loop, Calls calls) {
        this.loop = loop;
        this.calls = calls;
    }

    /** Runs a change after those that wait already. */
    <T> CompletionStage<T> take(Callable<T> change) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            waiting.add(() -> begin(change, result));
            next();
        });
        return result;
    }

    @Override
    public void close() {
        loop.close();
    }

    private <T> void begin(Callable<T> change, CompletableFuture<T> result) {
        busy = true;
        calls.submit("drivers", change, PATIENCE, loop, outcome -> {
            busy = false;
            outcome.failure()
                    .ifPresentOrElse(
                            result::completeExceptionally,
                            () -> result.complete(outcome.value().orElse(null)));
            next();
        });
    }

    private void next() {
        if (!busy && !waiting.isEmpty()) {
            waiting.poll().run();
        }
    }
}
