package org.headgate.system.api.kit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Outcome;

/** A thread for each call: for what talks to real sockets, ports and processes. Time-outs are not kept. */
public final class Threads implements Calls {
    @Override
    public <T> Call<T> submit(
            String owner, Callable<T> call, Duration timeout, Executor replyOn, Consumer<Outcome<T>> reply) {
        Thread thread = new Thread(
                () -> {
                    try {
                        T value = call.call();
                        replyOn.execute(() -> reply.accept(Outcome.of(value)));
                    } catch (Exception failure) {
                        replyOn.execute(() -> reply.accept(Outcome.failed(failure)));
                    }
                },
                owner);
        thread.setDaemon(true);
        thread.start();
        return new Call<>() {
            @Override
            public void late(Consumer<T> disposal) {}

            @Override
            public void returned(Runnable back) {}
        };
    }

    @Override
    public int stuck() {
        return 0;
    }

    @Override
    public int stuck(String owner) {
        return 0;
    }
}
