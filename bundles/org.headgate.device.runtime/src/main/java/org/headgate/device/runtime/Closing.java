package org.headgate.device.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.headgate.device.api.Connection;
import org.headgate.stream.api.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends connections, on threads that may block. */
final class Closing {
    /** Whoever stops a device waits a little longer than this: later nothing is written any more, because another may be there. */
    static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

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

    /** Closes a connection whose outputs cannot be made safe; the mark on disk makes the next opening do it. */
    static void closeUnsafe(Parts parts, Opened opened, CompletableFuture<Void> closed) {
        unsafe(parts, "a call to the device has not returned");
        close(parts, opened, closed);
    }

    /** Waits for the bus, writes the outputs' safe states and closes. */
    static void makeSafeAndClose(Parts parts, Opened opened, Turns.Turn turn, CompletableFuture<Void> closed) {
        long asked = parts.world().clock().monotonicNanos();
        turn.ask(
                Turns.Rank.WRITE,
                asked,
                () -> submit(
                        parts,
                        () -> {
                            try (Connection connection = opened.connection()) {
                                makeSafe(parts, opened, connection, asked);
                            }
                            return true;
                        },
                        () -> {
                            turn.release();
                            closed.complete(null);
                        }));
    }

    private static void makeSafe(Parts parts, Opened opened, Connection connection, long asked) {
        if (parts.world().clock().monotonicNanos() - asked > PATIENCE.toNanos()) {
            unsafe(parts, "its bus was busy");
            return;
        }
        try {
            opened.outputs().makeSafe(connection);
        } catch (IOException failure) {
            unsafe(parts, Failures.line(failure));
        }
    }

    private static void unsafe(Parts parts, String why) {
        String device = parts.configuration().name();
        LOG.warn("device {}: its outputs could not be made safe: {}; they will be when it is opened next", device, why);
        parts.world().events().raise(Event.of(Event.Kind.DEVICE, device, "UNSAFE", why));
    }

    private static void submit(Parts parts, Callable<Boolean> body, Runnable ended) {
        parts.calls().close(body, Parts.CLOSE_TIMEOUT, ended);
    }
}
