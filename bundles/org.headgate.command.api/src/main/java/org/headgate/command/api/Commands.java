package org.headgate.command.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The one way to have something done. */
@ProviderType
public interface Commands {
    /**
     * Has a command carried out, unless it is late, repeated or one too many for its rate. The answer never fails: what goes wrong is
     * a {@link CommandResult} that says so.
     */
    CompletionStage<CommandResult> submit(Command command);

    /** The names of the commands that somebody handles now, sorted. */
    List<String> names();
}
