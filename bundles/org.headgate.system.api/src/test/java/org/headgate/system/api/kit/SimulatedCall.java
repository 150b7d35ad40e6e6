package org.headgate.system.api.kit;

import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Outcome;

/** A call in simulated time: settled once, by its time-out or by its end, whichever comes first. */
final class SimulatedCall<T> implements Calls.Call<T> {
    private final String owner;
    private final Consumer<Outcome<T>> reply;
    private final Map<String, Integer> stuck;
    private Consumer<T> disposal = value -> {};
    private Runnable back = () -> {};
    private boolean settled;

    SimulatedCall(String owner, Consumer<Outcome<T>> reply, Map<String, Integer> stuck) {
        this.owner = owner;
        this.reply = reply;
        this.stuck = stuck;
    }

    @Override
    public void late(Consumer<T> consumer) {
        disposal = consumer;
    }

    @Override
    public void returned(Runnable task) {
        back = task;
    }

    void abandon() {
        if (!settled) {
            settled = true;
            stuck.merge(owner, 1, Integer::sum);
            reply.accept(Outcome.failed(new TimeoutException("no answer")));
        }
    }

    void end(Outcome<T> outcome) {
        if (!settled) {
            settled = true;
            reply.accept(outcome);
            return;
        }
        outcome.value().ifPresent(disposal);
        stuck.merge(owner, -1, Integer::sum);
        back.run();
    }
}
