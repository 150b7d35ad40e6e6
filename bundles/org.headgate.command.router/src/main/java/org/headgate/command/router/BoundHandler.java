package org.headgate.command.router;

import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandHandler;
import org.headgate.command.api.CommandResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A handler and what it works on. Whatever it does wrong ends its command as failed and goes no further. */
final class BoundHandler {
    private static final Logger LOG = LoggerFactory.getLogger(CommandRouter.class);

    private final CommandHandler handler;
    private final Set<Execution> running = ConcurrentHashMap.newKeySet();
    private volatile boolean left;

    BoundHandler(CommandHandler handler) {
        this.handler = handler;
    }

    boolean is(CommandHandler other) {
        return handler.equals(other);
    }

    /** What the rate is counted for. */
    String target(Command command) {
        try {
            String target = handler.target(command);
            return target == null ? "" : target;
        } catch (Throwable defect) {
            report(command, defect);
            return "";
        }
    }

    /** Whether a command may change anything. */
    boolean changes(Command command) {
        try {
            return handler.changes(command);
        } catch (Throwable defect) {
            report(command, defect);
            return true;
        }
    }

    /** Whether a command that expires under way has failed then. */
    boolean expiresUnderWay(Command command) {
        try {
            return handler.expiresUnderWay();
        } catch (Throwable defect) {
            report(command, defect);
            return true;
        }
    }

    /** Has a command carried out; returns at once. */
    void carryOut(Execution execution) {
        running.add(execution);
        execution.answer().whenComplete((result, never) -> running.remove(execution));
        if (left) {
            // It may have left before this was added, when nobody would have ended it.
            leave();
            return;
        }
        Command command = execution.command();
        try {
            handler.handle(command).whenComplete((result, failure) -> {
                if (failure != null) {
                    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure;
                    execution.fail(line(cause));
                } else if (result == null) {
                    execution.fail("its handler gave no answer");
                } else {
                    execution.end(new CommandResult(command.id(), result.status(), result.message(), result.values()));
                }
            });
        } catch (Throwable defect) {
            report(command, defect);
            execution.fail("its handler failed: " + line(defect));
        }
    }

    /** The handler has gone: nobody will answer any more. */
    void leave() {
        left = true;
        running.forEach(execution -> execution.fail("its handler has left; it may have been done or not"));
    }

    private static void report(Command command, Throwable defect) {
        LOG.error("command {}: its handler failed", command.name(), defect);
    }

    private static String line(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
