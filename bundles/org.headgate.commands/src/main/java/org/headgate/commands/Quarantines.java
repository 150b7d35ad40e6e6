package org.headgate.commands;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.headgate.console.api.Answer;
import org.headgate.console.api.Invocation;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.RefusedBatches;
import org.headgate.outbox.api.RefusedBatches.Kept;
import org.headgate.system.api.Calls;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The refused batches, as commands ask for them: away from the session, since a disk may hang, and who waits for it cannot be interrupted.
 * One call at a time for each log, so that asking a disk that hangs again and again costs one thread. Thread-safe.
 */
@Component(service = Quarantines.class)
public final class Quarantines {
    /** How long a disk may take to answer, and how long others who ask may take before it is one's turn. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    /** The calls tell of the time-out; this is for the case that they do not. */
    private static final Duration PATIENCE = LIMIT.plusSeconds(2);

    private static final String SILENT = "its disk does not answer";

    private final RefusedBatches refused;
    private final Calls calls;
    private final Map<OutboxName, Semaphore> turns = new ConcurrentHashMap<>();

    @Activate
    public Quarantines(@Reference RefusedBatches refused, @Reference Calls calls) {
        this.refused = refused;
        this.calls = calls;
    }

    /**
     * What is kept of a log now.
     *
     * @throws IOException why it cannot be said, the log's name first
     */
    Kept list(Invocation invocation, OutboxName log) throws IOException, InterruptedException {
        return ask(invocation, log, "", () -> refused.list(log));
    }

    /**
     * Deletes what was seen of a log; returns how many batches.
     *
     * @param newest the newest batch that was seen, as {@link #list} names it
     * @param lost how many lost rows were seen
     * @throws IOException why it is not done, or not yet, the log's name first
     */
    int clear(Invocation invocation, OutboxName log, String newest, long lost)
            throws IOException, InterruptedException {
        return ask(invocation, log, "; when it does, they are deleted", () -> refused.clear(log, newest, lost));
    }

    private <T> T ask(Invocation invocation, OutboxName log, String later, Callable<T> call)
            throws IOException, InterruptedException {
        String owner = "refused:" + log;
        Semaphore turn = turns.computeIfAbsent(log, any -> new Semaphore(1, true));
        // A call that hangs keeps its turn: nobody need wait to learn that.
        if (calls.stuck(owner) > 0 || !turn.tryAcquire(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException(log + ": " + SILENT);
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        calls.submit(owner, call, LIMIT, Runnable::run, outcome -> {
                    boolean hangs = outcome.failure()
                            .filter(TimeoutException.class::isInstance)
                            .isPresent();
                    if (hangs) {
                        done.completeExceptionally(
                                new IOException(SILENT + " within " + LIMIT.toSeconds() + " s" + later));
                        return;
                    }
                    turn.release();
                    outcome.failure()
                            .ifPresentOrElse(
                                    done::completeExceptionally,
                                    () -> done.complete(outcome.value().orElseThrow()));
                })
                .returned(turn::release);
        Answer<T> answer = invocation.await(done, PATIENCE, "asking the disk of " + log);
        return answer.value()
                .orElseThrow(() -> new IOException(log + ": " + answer.failure().orElse(SILENT)));
    }
}
