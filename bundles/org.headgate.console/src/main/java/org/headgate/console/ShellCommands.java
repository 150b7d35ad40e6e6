package org.headgate.console;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.headgate.console.access.UserAddCommand;
import org.headgate.console.access.UserFile;
import org.headgate.console.access.UserListCommand;
import org.headgate.console.access.UserRemoveCommand;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Signature;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Puts our commands into Karaf's shell and takes them out again. */
@Component(service = ShellCommands.class, immediate = true)
public final class ShellCommands {
    private final Registry registry;
    private final Sessions sessions;
    private final Manual manual;
    private final AbsentCommand absent;
    /** Those that are no components: there before {@link ExecEndpoint}, which waits for this class, lets anybody in. */
    private final List<ShellCommand> own;

    /** Where an editor keeps what is being edited; whatever is left there goes with the cache. */
    private final Path folder;

    private final Map<ConsoleCommand, ShellCommand> commands = new HashMap<>();

    /** Called by Declarative Services. */
    @Activate
    public ShellCommands(
            @Reference(target = SshSessions.KARAFS) SessionFactory factory,
            @Reference ConfigurationAdmin configurations,
            @Reference Refusals refusals,
            BundleContext context) {
        Path home = Path.of(context.getProperty("headgate.home"));
        folder = home.resolve("cache/edit");
        registry = factory.getRegistry();
        AccessList access = new AccessList(configurations);
        manual = new Manual(access::roles);
        absent = new AbsentCommand(factory, access);
        UserFile users = new UserFile(home.resolve("secrets"));
        own = Stream.of(
                        new HelpCommand(this::signatures, manual),
                        new UserAddCommand(users, home, refusals::changed),
                        new UserListCommand(users),
                        new UserRemoveCommand(users, refusals::changed))
                .map(command -> new ShellCommand(command, manual, folder))
                .toList();
        sessions = new Sessions(absent, refusals, home.resolve("var/history"));
        registry.register(sessions);
        own.forEach(registry::register);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bind(ConsoleCommand command) {
        ShellCommand shown = new ShellCommand(command, manual, folder);
        commands.put(command, shown);
        registry.register(shown);
    }

    synchronized void unbind(ConsoleCommand command) {
        registry.unregister(commands.remove(command));
    }

    @Deactivate
    void stop() {
        own.forEach(registry::unregister);
        registry.unregister(sessions);
    }

    /** What to say of commands that are not there. */
    AbsentCommand absent() {
        return absent;
    }

    private synchronized List<Signature> signatures() {
        return Stream.concat(own.stream(), commands.values().stream())
                .map(ShellCommand::signature)
                .sorted(Manual.ORDER)
                .toList();
    }
}
