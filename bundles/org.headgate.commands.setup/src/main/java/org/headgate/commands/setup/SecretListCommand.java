package org.headgate.commands.setup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Revisions;
import org.headgate.config.api.Secrets;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code secret:list}. */
@Component(service = ConsoleCommand.class)
public final class SecretListCommand implements ConsoleCommand {
    private final Secrets secrets;
    private final SetUps setUps;

    @Activate
    public SecretListCommand(
            @Reference Secrets secrets, @Reference Configurations configurations, @Reference Revisions revisions) {
        this.secrets = secrets;
        setUps = new SetUps(configurations, revisions);
    }

    @Override
    public Signature signature() {
        return Signature.of("secret:list", "Lists the names of the secrets, and who uses them.")
                .json()
                .more("MISSING is one that a file names and nobody has set: secret:set sets it.")
                .example("secret:list", "Shows which secrets there are, which are missing, and never what they are.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        try {
            Map<String, SortedSet<String>> uses = SecretUses.in(setUps.now());
            List<String> set = secrets.names();
            SortedSet<String> all = new TreeSet<>(set);
            all.addAll(uses.keySet());
            List<Json> json = new ArrayList<>();
            Table table = new Table("SECRET", "STATE", "USED BY");
            for (String name : all) {
                SortedSet<String> files = uses.getOrDefault(name, new TreeSet<>());
                String state = set.contains(name) ? "SET" : "MISSING";
                table.row(name, state, String.join(", ", files));
                json.add(new Json().put("name", name).put("state", state).put("files", files));
            }
            if (invocation.json()) {
                invocation.out().println(Json.text(json));
            } else {
                table.print(invocation.out());
            }
            return 0;
        } catch (IOException failed) {
            return invocation.fail(failed.getMessage());
        }
    }
}
