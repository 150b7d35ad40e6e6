package org.headgate.console;

import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.headgate.config.api.Texts;

/** What to say of a command that does not run: there is none of that name, or the user may not run it. */
final class AbsentCommand {
    private static final String SET_UP = "device:set, rule:set, uplink:set and profile:set change the set-up";
    /** Karaf's own way to what goes through the one writer of the configuration here. */
    private static final Map<String, String> INSTEAD = Map.of(
            "config", SET_UP,
            "cm", SET_UP,
            "jaas", "user:add, user:list and user:remove say who may log in",
            "kar", "driver:install installs a driver",
            "instance", "a home has one gateway: bin/headgate run --home DIR starts another");

    private final SessionFactory factory;
    private final AccessList access;

    AbsentCommand(SessionFactory factory, AccessList access) {
        this.factory = factory;
        this.access = access;
    }

    /** Whether a command of that name, {@code scope:name}, is there at all, whoever may run it. */
    boolean exists(String name) {
        return find(name) != null;
    }

    /** The command, whoever may run it; null where there is none. */
    Command find(String name) {
        String[] parts = name.split(":", 2);
        return parts.length < 2 ? null : factory.getRegistry().getCommand(parts[0], parts[1]);
    }

    /** Whether the user of this thread may run it. */
    boolean isAllowed(String name) {
        String[] parts = name.split(":", 2);
        return access.isAllowed(parts[0], parts[1]);
    }

    /** Why it does not run and what to do instead, on one line; seen by the user of this thread. */
    String explain(String name) {
        String instead = INSTEAD.get(name.split(":", 2)[0]);
        return instead != null
                ? name + ": not used here; " + instead
                : name + ": no such command, or not allowed with this role" + hint(name);
    }

    private String hint(String name) {
        // Needs every other part of the gateway, so it comes last.
        if (!exists("gateway:status")) {
            return "; the gateway is still starting: try again in a moment";
        }
        return Texts.nearest(name, allowed())
                .map(better -> "; did you mean " + better + "?")
                .orElse("; gateway:help lists the commands");
    }

    private List<String> allowed() {
        return factory.getRegistry().getCommands().stream()
                .filter(command -> access.isAllowed(command.getScope(), command.getName()))
                .map(command -> command.getScope() + ":" + command.getName())
                .sorted()
                .toList();
    }
}
