package org.headgate.commands.setup;

import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Revisions;
import org.headgate.config.api.Secrets;
import org.headgate.config.api.Texts;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code secret:remove}. */
@Component(service = ConsoleCommand.class)
public final class SecretRemoveCommand implements ConsoleCommand {
    private static final String YES = "--yes";

    private final Secrets secrets;
    private final SetUps setUps;

    @Activate
    public SecretRemoveCommand(
            @Reference Secrets secrets, @Reference Configurations configurations, @Reference Revisions revisions) {
        this.secrets = secrets;
        setUps = new SetUps(configurations, revisions);
    }

    @Override
    public Signature signature() {
        return Signature.of("secret:remove", "Deletes a secret; no rollback brings it back.")
                .words("NAME")
                .flag(YES, "even if a file names it")
                .example("secret:remove mqtt-password --yes", "Deletes the secret, whoever uses it.");
    }

    @Override
    public List<String> complete(List<String> before) {
        try {
            return before.isEmpty() ? secrets.names() : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        String name = invocation.word(0, "NAME");
        invocation.atMost(1);
        try {
            List<String> names = secrets.names();
            if (!names.contains(name)) {
                return invocation.fail("no secret " + name
                        + Texts.nearest(name, names)
                                .map(nearest -> "; did you mean " + nearest + "?")
                                .orElse(";")
                        + " secret:list shows them");
            }
            SortedSet<String> users = SecretUses.in(setUps.now()).getOrDefault(name, new TreeSet<>());
            if (!users.isEmpty() && !invocation.flag(YES)) {
                return invocation.fail(name + " is used by " + String.join(", ", users) + " (expected: --yes)");
            }
            secrets.remove(name);
            invocation.out().println(name + " is deleted");
            return 0;
        } catch (IOException failed) {
            return invocation.fail(failed.getMessage());
        }
    }
}
