package org.headgate.commands.kit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.headgate.console.api.Invocation;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;

/** Waits until an instance that was just configured stands where it will stand; all patience is counted in looks. */
public final class Settling {
    /** How long it is from look to look. */
    private static final Duration PERIOD = Duration.ofMillis(50);

    private final Scheduler scheduler;

    /** Looks again and again, on a loop of the scheduler. */
    public Settling(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * A time, counted in looks: it ends in the time of the scheduler, and a machine that stands still for a while costs nobody his
     * patience. Used from one thread at a time.
     */
    public static final class Patience {
        private long looks;

        /** As many looks as there are in the time. */
        public Patience(Duration time) {
            looks = time.dividedBy(PERIOD);
        }

        /** Counts a look; false when there is none left. */
        public boolean takesLook() {
            return looks > 0 && looks-- > 0;
        }
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
        CompletableFuture<Optional<T>> answer = new CompletableFuture<>();
        try (Loop loop = scheduler.loop("console")) {
            look(loop, question, new Patience(patience), answer);
            // The looks end it, but not where a question hangs.
            return invocation
                    .await(answer, patience.multipliedBy(2), what)
                    .value()
                    .flatMap(found -> found);
        }
    }

    private static <T> void look(
            Loop loop, Supplier<Optional<T>> question, Patience patience, CompletableFuture<Optional<T>> answer) {
        if (!patience.takesLook()) {
            answer.complete(Optional.empty());
            return;
        }
        loop.schedule(PERIOD, () -> {
            Optional<T> now = question.get();
            if (now.isPresent()) {
                answer.complete(now);
            } else {
                look(loop, question, patience, answer);
            }
        });
    }
}
