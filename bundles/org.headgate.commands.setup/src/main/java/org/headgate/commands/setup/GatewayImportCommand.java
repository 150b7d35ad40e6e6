package org.headgate.commands.setup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Revisions;
import org.headgate.config.api.Secrets;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.system.api.Calls;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gateway:import}. */
@Component(service = ConsoleCommand.class)
public final class GatewayImportCommand implements ConsoleCommand {
    private final HomeFiles home;
    private final Secrets secrets;
    private final NewSetUp setUp;
    private final Work work;

    @Activate
    public GatewayImportCommand(
            @Reference Configurations configurations,
            @Reference Revisions revisions,
            @Reference Secrets secrets,
            @Reference Gateway gateway,
            @Reference DriverAccess drivers,
            @Reference Calls calls) {
        home = new HomeFiles(gateway.home());
        this.secrets = secrets;
        work = new Work(calls, drivers);
        setUp = new NewSetUp(configurations, revisions, work);
    }

    @Override
    public Signature signature() {
        Signature signature = Signature.of(
                        "gateway:import", "Applies an archive of gateway:export, all of it or nothing.")
                .words("FILE [confirm=5m]")
                .more(
                        "FILE is in HOME/files. Its settings take the place of those of the same name; others stay, unless"
                                + " --replace is given. This gateway keeps its id and console.port. Drivers that came from files"
                                + " come with it, and secrets that are not here yet are named: secret:set sets them.");
        return NewSetUp.options(signature)
                .example("gateway:import backup.zip", "Brings back the set-up of HOME/files/backup.zip.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return NewSetUp.complete(before, home::files);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String name = NewSetUp.source(invocation, "FILE");
        try {
            Archive archive = Archive.read(home, name);
            List<String> notes = unset(archive);
            if (archive.drivers().isEmpty()) {
                return setUp.apply(invocation, archive.files(), List.of(), notes);
            }
            Object owner = new Object();
            // The set-up is judged with its drivers, so they come first; those that nobody names in the end go again.
            try {
                Archive.drivers(
                        home,
                        name,
                        (file, content) -> work.await(
                                invocation, "taking in " + file, work.drivers().keep(owner, file, content)));
                return setUp.apply(invocation, archive.files(), List.of(), notes);
            } finally {
                work.drivers().prune(owner);
            }
        } catch (IOException refused) {
            return invocation.fail(refused.getMessage());
        }
    }

    private List<String> unset(Archive archive) throws IOException {
        List<String> names = new ArrayList<>(SecretUses.in(archive.files()).keySet());
        names.removeAll(secrets.names());
        return names.stream()
                .map(name -> "the secret " + name + " is not set: secret:set " + name)
                .toList();
    }
}
