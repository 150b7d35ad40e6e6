package org.headgate.device.runtime;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Outcome;

/** Calls that run at once, on the thread that makes them; or that hang and are abandoned at once. */
final class Inline implements Calls {
    int asked;
    boolean hang;

    @Override
    public <T> Call<T> submit(
            String owner, Callable<T> call, Duration timeout, Executor replyOn, Consumer<Outcome<T>> reply) {
        asked++;
        Outcome<T> outcome = hang ? Outcome.failed(new TimeoutException("no answer")) : outcome(call);
        replyOn.execute(() -> reply.accept(outcome));
        return null;
    }

    private static <T> Outcome<T> outcome(Callable<T> call) {
        try {
            return Outcome.of(call.call());
        } catch (Exception failure) {
            return Outcome.failed(failure);
        } catch (LinkageError | StackOverflowError defect) {
            return Outcome.failed(new IllegalStateException(defect.toString(), defect));
        }
    }

    @Override
    public int stuck() {
        return hang ? asked : 0;
    }

    @Override
    public int stuck(String owner) {
        return stuck();
    }
}
