package org.headgate.outbox.log;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;

/** What a log does by itself while no row comes: it looks at age and free space, and writes down what has no row to go with. */
final class Upkeep {
    private static final Duration EVERY = Duration.ofMinutes(1);
    /** How many of these make it worth to write down what is to be reported and has no row to go with. */
    private static final int TIMES_A_SAVE = 60;

    private final String owner;
    private final Calls calls;
    private final Loop loop;
    private final Callable<Boolean> commit;
    private final Callable<Boolean> save;
    private final BooleanSupplier may;
    private final Consumer<Outcome<Boolean>> ended;
    private int times;

    /**
     * Not begun.
     *
     * @param may whether files may be touched now
     */
    Upkeep(
            String owner,
            Calls calls,
            Loop loop,
            Callable<Boolean> commit,
            Callable<Boolean> save,
            BooleanSupplier may,
            Consumer<Outcome<Boolean>> ended) {
        this.owner = owner;
        this.calls = calls;
        this.loop = loop;
        this.commit = commit;
        this.save = save;
        this.may = may;
        this.ended = ended;
    }

    /** Begins, until the loop is closed. */
    void start() {
        loop.schedule(EVERY, () -> {
            if (may.getAsBoolean()) {
                calls.submit(owner, this::run, Duration.ZERO, loop, this::ended);
            } else {
                start();
            }
        });
    }

    private void ended(Outcome<Boolean> outcome) {
        ended.accept(outcome);
        start();
    }

    /** One at a time: the next begins when the last has ended. */
    private boolean run() throws Exception {
        boolean more = commit.call();
        return ++times % TIMES_A_SAVE == 0 ? save.call() : more;
    }
}
