package org.headgate.console;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.headgate.console.api.AccessLines;
import org.headgate.console.api.Signature;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Who may run which command, as {@code etc/org.apache.karaf.command.acl.SCOPE.cfg} of the distribution says. */
final class AccessList {
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
            Configuration[] found = configurations.listConfigurations("(service.pid=" + AccessLines.PID + scope + ")");
            Map<String, String> lines = new LinkedHashMap<>();
            if (found != null) {
                Dictionary<String, Object> keys = found[0].getProperties();
                Collections.list(keys.keys())
                        .forEach(key -> lines.put(key, keys.get(key).toString()));
            }
            return AccessLines.roles(lines, name);
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
