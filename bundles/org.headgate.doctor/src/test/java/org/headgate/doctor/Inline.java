package org.headgate.doctor;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Outcome;

/** Calls that run at once, on the thread that makes them. */
final class Inline implements Calls {
    private final int stuck;

    Inline() {
        this(0);
    }

    Inline(int stuck) {
        this.stuck = stuck;
    }

    @Override
    public <T> Call<T> submit(
            String owner, Callable<T> call, Duration timeout, Executor replyOn, Consumer<Outcome<T>> reply) {
        Outcome<T> outcome = outcome(call);
        replyOn.execute(() -> reply.accept(outcome));
        return null;
    }

    private static <T> Outcome<T> outcome(Callable<T> call) {
        try {
            return Outcome.of(call.call());
        } catch (Exception failure) {
            return Outcome.failed(failure);
        }
    }

    @Override
    public int stuck() {
        return stuck;
    }

    @Override
    public int stuck(String owner) {
        return stuck;
    }
}
