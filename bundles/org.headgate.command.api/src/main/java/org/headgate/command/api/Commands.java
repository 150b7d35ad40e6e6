package org.headgate.command.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The one way to have something done. */
@ProviderType
public interface Commands {
    /** How the message of a refusal begins that holds for this moment only: the same command may be accepted a little later. */
    String TOO_MANY = "too many commands";

    /**
     * Has a command carried out, unless it is late, repeated or one too many for its rate. The answer never fails: what goes wrong is
     * a {@link CommandResult} that says so.
     */
    CompletionStage<CommandResult> submit(Command command);

    /** The names of the commands that somebody handles now, sorted. */
    List<String> names();
}
