package org.headgate.uplink.commands;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.kit.SimulatedSystem;

/** Lets a command hang, whose exceptions would count as its own defects. */
record HangingCalls(Calls calls) implements Calls {
    /** Thrown by a command that does not return. */
    static final class Hanging extends Error {
        private static final long serialVersionUID = 1;
    }

    @Override
    public <T> Call<T> submit(
            String owner, Callable<T> call, Duration timeout, Executor replyOn, Consumer<Outcome<T>> reply) {
        return calls.submit(
                owner,
                () -> {
                    try {
                        return call.call();
                    } catch (Hanging here) {
                        throw new SimulatedSystem.Hang();
                    }
                },
                timeout,
                replyOn,
                reply);
    }

    @Override
    public int stuck() {
        return calls.stuck();
    }

    @Override
    public int stuck(String owner) {
        return calls.stuck(owner);
    }
}
