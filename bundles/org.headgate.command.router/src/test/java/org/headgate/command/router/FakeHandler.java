package org.headgate.command.router;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandHandler;
import org.headgate.command.api.CommandResult;

/** Remembers what it was asked for; answers at once or, when it is slow, when the test does. */
final class FakeHandler implements CommandHandler {
    final List<Command> handled = new ArrayList<>();
    final List<CompletableFuture<CommandResult>> open = new ArrayList<>();
    private final String name;
    private final boolean slow;

    FakeHandler(String name, boolean slow) {
        this.name = name;
        this.slow = slow;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletionStage<CommandResult> handle(Command command) {
        handled.add(command);
        CompletableFuture<CommandResult> answer = new CompletableFuture<>();
        open.add(answer);
        if (!slow) {
            answer.complete(CommandResult.done(command, "done " + handled.size()));
        }
        return answer;
    }
}
