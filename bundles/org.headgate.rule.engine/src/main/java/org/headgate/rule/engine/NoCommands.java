package org.headgate.rule.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Commands;

/** Where there is no command router: says so. */
final class NoCommands implements Commands {
    @Override
    public CompletionStage<CommandResult> submit(Command command) {
        return CompletableFuture.completedFuture(CommandResult.refused(command, "there is no command router"));
    }

    @Override
    public List<String> names() {
        return List.of();
    }
}
