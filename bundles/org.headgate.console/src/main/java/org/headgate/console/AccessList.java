package org.headgate.console;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.headgate.config.api.Texts;
import org.headgate.console.api.Signature;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Who may run which command, as {@code etc/org.apache.karaf.command.acl.SCOPE.cfg} of the distribution says. */
final class AccessList {
    private static final String PID = "org.apache.karaf.command.acl.";
    private static final String ALL = "*";
    private static final List<String> ADMIN = List.of("admin");

    private final ConfigurationAdmin configurations;

    AccessList(ConfigurationAdmin configurations) {
        this.configurations = configurations;
    }

    /** The roles that may run a command. */
    List<String> roles(Signature command) {
        return roles(command.scope(), command.name());
    }

    /** The roles that may run a command, Karaf's own included; a command without a line is the admin's. */
    List<String> roles(String scope, String name) {
        try {
            Configuration[] found = configurations.listConfigurations("(service.pid=" + PID + scope + ")");
            if (found == null) {
                return ADMIN;
            }
            Dictionary<String, Object> lines = found[0].getProperties();
            Set<String> roles = new LinkedHashSet<>();
            for (String key : Collections.list(lines.keys())) {
                // With a pattern of arguments in brackets: the shell looks at those when it is called.
                if (key.equals(name) || key.startsWith(name + "[")) {
                    roles.addAll(Texts.list(lines.get(key).toString()));
                }
            }
            if (roles.isEmpty() && lines.get(ALL) != null) {
                return Texts.list(lines.get(ALL).toString());
            }
            return roles.isEmpty() ? ADMIN : List.copyOf(roles);
        } catch (IOException | InvalidSyntaxException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** Whether the user of this thread may run it; without a user, as in a test, everything may be run. */
    boolean isAllowed(String scope, String name) {
        Set<String> mine = Users.roles();
        return mine.isEmpty() || roles(scope, name).stream().anyMatch(mine::contains);
    }
}
