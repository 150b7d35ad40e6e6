package org.headgate.command.router;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;

/**
 * A command on its way. Its handler, its time limit, the leaving of its handler and the end of the router may all want to
 * end it, on any thread: the first one does, and only once is it ended.
 */
final class Execution {
    private final Command command;
    private final CompletableFuture<CommandResult> outcome = new CompletableFuture<>();
    private final CompletableFuture<CommandResult> answer;

    /**
     * A command that is not ended yet.
     *
     * @param end what is to be done, once, before anybody hears the answer
     */
    Execution(Command command, Function<CommandResult, CompletionStage<CommandResult>> end) {
        this.command = command;
        answer = outcome.thenCompose(end);
    }

    Command command() {
        return command;
    }

    /** Completed when the command has ended; never fails. */
    CompletableFuture<CommandResult> answer() {
        return answer;
    }

    /** Whether it is known how it ended, although nobody may have heard the answer yet. */
    boolean hasEnded() {
        return outcome.isDone();
    }

    void end(CommandResult result) {
        outcome.complete(result);
    }

    void refuse(String why) {
        end(CommandResult.refused(command, why));
    }

    void fail(String why) {
        end(CommandResult.failed(command, why));
    }
}
