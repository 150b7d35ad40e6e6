package org.headgate.console.api;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who may run the commands of one scope, as {@code etc/org.apache.karaf.command.acl.SCOPE.cfg} says it. */
public final class AccessLines {
    /** Where the lines of a scope are in Configuration Admin: this, and the scope behind it. */
    public static final String PID = "org.apache.karaf.command.acl.";
    /** The role of those who may look and change nothing. */
    public static final String VIEWER = "viewer";

    private static final String ALL = "*";
    private static final List<String> ADMIN = List.of("admin");

    private AccessLines() {}

    /**
     * The roles that may run a command. One without a line is the admin's.
     *
     * @param lines the file's keys and values; empty where there is none
     * @param name the command without its scope
     */
    public static List<String> roles(Map<String, String> lines, String name) {
        Set<String> roles = new LinkedHashSet<>();
        lines.forEach((key, value) -> {
            // With a pattern of arguments in brackets: the shell looks at those when it is called.
            if (key.equals(name) || key.startsWith(name + "[")) {
                roles.addAll(list(value));
            }
        });
        if (roles.isEmpty() && lines.containsKey(ALL)) {
            return list(lines.get(ALL));
        }
        return roles.isEmpty() ? ADMIN : List.copyOf(roles);
    }

    /** Whether a role may run a command whatever its words are. */
    public static boolean always(Map<String, String> lines, String name, String role) {
        return roles(lines, name).contains(role)
                && lines.entrySet().stream()
                        .filter(line -> line.getKey().startsWith(name + "["))
                        .allMatch(line -> list(line.getValue()).contains(role));
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .toList();
    }
}
