package org.headgate.uplink.commands;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.headgate.console.api.AccessLines;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Signature;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The console's commands that are there now. They are asked for when one of them is wanted and not before: some use an uplink, and uplinks
 * use this.
 */
@Component(service = RemoteConsole.class)
public final class RemoteConsole {
    private final Function<ServiceReference<ConsoleCommand>, ConsoleCommand> services;
    private final Function<String, Map<String, String>> accessLines;
    private final Map<ServiceReference<ConsoleCommand>, Optional<ConsoleCommand>> commands = new HashMap<>();

    /** Called by Declarative Services. */
    @Activate
    public RemoteConsole(BundleContext context, @Reference ConfigurationAdmin configurations) {
        this(context::getService, scope -> accessLines(configurations, scope));
    }

    RemoteConsole(
            Function<ServiceReference<ConsoleCommand>, ConsoleCommand> services,
            Function<String, Map<String, String>> accessLines) {
        this.services = services;
        this.accessLines = accessLines;
    }

    @Reference(
            service = ConsoleCommand.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bind(ServiceReference<ConsoleCommand> reference) {
        synchronized (commands) {
            commands.put(reference, Optional.empty());
        }
    }

    void unbind(ServiceReference<ConsoleCommand> reference) {
        synchronized (commands) {
            commands.remove(reference);
        }
    }

    /** A command by its name, {@code device:info}. */
    Optional<ConsoleCommand> find(String id) {
        return all().filter(command -> command.signature().id().equals(id)).findFirst();
    }

    /** The names of all commands, sorted. */
    List<String> names() {
        return all().map(command -> command.signature().id()).sorted().toList();
    }

    /** Whether a command is one that a viewer may run with whatever words, and so changes nothing. */
    boolean isReadOnly(ConsoleCommand command) {
        Signature signature = command.signature();
        return AccessLines.always(accessLines.apply(signature.scope()), signature.name(), AccessLines.VIEWER);
    }

    private Stream<ConsoleCommand> all() {
        List<ServiceReference<ConsoleCommand>> references;
        synchronized (commands) {
            references = List.copyOf(commands.keySet());
        }
        return references.stream().map(this::command).filter(Objects::nonNull);
    }

    /** The service behind a reference; null while it cannot be had. No lock is held while its component is made. */
    private ConsoleCommand command(ServiceReference<ConsoleCommand> reference) {
        synchronized (commands) {
            Optional<ConsoleCommand> known = commands.getOrDefault(reference, Optional.empty());
            if (known.isPresent()) {
                return known.get();
            }
        }
        ConsoleCommand found = services.apply(reference);
        synchronized (commands) {
            // Not if it has gone meanwhile.
            commands.computeIfPresent(reference, (key, none) -> Optional.ofNullable(found));
        }
        return found;
    }

    private static Map<String, String> accessLines(ConfigurationAdmin configurations, String scope) {
        try {
            Configuration[] found = configurations.listConfigurations("(service.pid=" + AccessLines.PID + scope + ")");
            Map<String, String> lines = new HashMap<>();
            if (found != null) {
                Dictionary<String, Object> keys = found[0].getProperties();
                Collections.list(keys.keys())
                        .forEach(key -> lines.put(key, keys.get(key).toString()));
            }
            return lines;
        } catch (IOException | InvalidSyntaxException unreadable) {
            // Then every command counts as one that changes something.
            return Map.of();
        }
    }
}
