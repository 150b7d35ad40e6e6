package org.headgate.console;

import java.util.HashMap;
import java.util.Map;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.headgate.console.api.ConsoleCommand;
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
    private final Sessions sessions = new Sessions();
    private final Map<ConsoleCommand, ShellCommand> commands = new HashMap<>();

    /** Called by Declarative Services. */
    @Activate
    public ShellCommands(@Reference SessionFactory factory) {
        registry = factory.getRegistry();
        registry.register(sessions);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bind(ConsoleCommand command) {
        ShellCommand shown = new ShellCommand(command);
        commands.put(command, shown);
        registry.register(shown);
    }

    synchronized void unbind(ConsoleCommand command) {
        registry.unregister(commands.remove(command));
    }

    @Deactivate
    void stop() {
        registry.unregister(sessions);
    }
}
