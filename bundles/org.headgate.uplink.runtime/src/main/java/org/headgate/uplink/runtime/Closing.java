package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;

/** Closes connections, and says when nothing of a transport or format that has gone is in use any more. On the uplink's loop. */
final class Closing {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final String owner;
    private final Calls calls;
    private final Loop loop;
    private final Held held;
    private final BooleanSupplier idle;
    private final Runnable closed;
    private final List<CompletableFuture<Void>> releases = new ArrayList<>();
    private int closing;

    /**
     * Nothing is being closed yet.
     *
     * @param idle whether the uplink uses neither transport nor format otherwise
     * @param closed hears of each connection that is closed
     */
    Closing(String owner, Calls calls, Loop loop, Held held, BooleanSupplier idle, Runnable closed) {
        this.owner = owner;
        this.calls = calls;
        this.loop = loop;
        this.held = held;
        this.idle = idle;
        this.closed = closed;
    }

    /** Closes a connection, on a thread that may block. */
    void close(Connection old) {
        closing++;
        calls.submit(
                owner,
                () -> {
                    held.release(old);
                    return true;
                },
                PATIENCE,
                loop,
                outcome -> {
                    closing--;
                    release();
                    closed.run();
                });
    }

    /** Completes something when nothing is in use any more. */
    void then(CompletableFuture<Void> done) {
        releases.add(done);
        release();
    }

    /** Nothing is open of the transport or format that has gone, and no thread of ours is inside of it: says so. */
    void release() {
        if (closing == 0 && idle.getAsBoolean()) {
            releases.forEach(done -> done.complete(null));
            releases.clear();
        }
    }
}
