package org.headgate.device.runtime;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.headgate.device.api.Connection;

/** Ends connections, on threads that may block. */
final class Closing {
    private Closing() {}

    /** Closes a connection at once, whatever else goes on in it; {@code closed} completes then, or when closing hangs. */
    static void close(Parts parts, Opened opened, CompletableFuture<Void> closed) {
        opened.inbox().close();
        submit(
                parts,
                () -> {
                    opened.connection().close();
                    return true;
                },
                () -> closed.complete(null));
    }

    /** Waits for the bus, writes the outputs' safe states and closes. */
    static void makeSafeAndClose(Parts parts, Opened opened, Turns.Turn turn, CompletableFuture<Void> closed) {
        long now = parts.world().clock().monotonicNanos();
        turn.ask(
                Turns.Rank.WRITE,
                now,
                () -> submit(
                        parts,
                        () -> {
                            try (Connection connection = opened.connection()) {
                                opened.outputs().makeSafe(connection);
                            }
                            return true;
                        },
                        () -> {
                            turn.release();
                            closed.complete(null);
                        }));
    }

    private static void submit(Parts parts, Callable<Boolean> body, Runnable ended) {
        parts.calls().submit(body, Parts.CLOSE_TIMEOUT, ended, outcome -> {});
    }
}
