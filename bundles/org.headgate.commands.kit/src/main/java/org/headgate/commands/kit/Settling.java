package org.headgate.commands.kit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.headgate.console.api.Invocation;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;

/** Waits until an instance that was just configured stands where it will stand. */
public final class Settling {
    /** How long it is from look to look. */
    public static final Duration PERIOD = Duration.ofMillis(50);

    private final Scheduler scheduler;

    /** Looks again and again, on a loop of the scheduler. */
    public Settling(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * What is asked for, as soon as it is there; empty after the patience.
     *
     * @param question asked from one thread at a time; empty while it is not there
     * @param what what is shown while the user waits
     */
    public <T> Optional<T> await(Invocation invocation, Supplier<Optional<T>> question, Duration patience, String what)
            throws InterruptedException {
        Optional<T> now = question.get();
        if (now.isPresent()) {
            return now;
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        try (Loop loop = scheduler.loop("console")) {
            look(loop, question, answer);
            return invocation.await(answer, patience, what).value();
        }
    }

    private static <T> void look(Loop loop, Supplier<Optional<T>> question, CompletableFuture<T> answer) {
        loop.schedule(PERIOD, () -> {
            Optional<T> now = question.get();
            if (now.isPresent()) {
                answer.complete(now.get());
            } else {
                look(loop, question, answer);
            }
        });
    }
}
