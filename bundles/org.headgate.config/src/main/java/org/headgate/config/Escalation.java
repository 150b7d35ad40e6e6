package org.headgate.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.headgate.config.api.FileName;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Texts;

/**
 * What somebody behind a broker may not change, so that a list of commands stays what it says: which commands an uplink takes and where, and devices
 * that are programs. {@code command.admin = true} in the uplink's file allows it; that key is one of those.
 */
final class Escalation {
    private static final String CLOUD = "cloud:";
    private static final String COMMANDS = "commands";
    private static final String COMMAND = "command.";
    private static final String ADMIN = "command.admin";

    private Escalation() {}

    /**
     * What of a change goes too far, one line each with its file.
     *
     * @param by who makes it; whoever is behind a broker is {@code cloud:UPLINK}
     */
    static List<String> problems(String by, Draft draft) {
        if (!by.startsWith(CLOUD)) {
            return List.of();
        }
        SetUp was = Validators.setUp(draft.before());
        String uplink = by.substring(CLOUD.length());
        String file = "headgate.uplink-" + uplink + ".cfg";
        if (Texts.flag(values(was, file).getOrDefault(ADMIN, "")).orElse(false)) {
            return List.of();
        }
        SetUp would = Validators.setUp(draft.after());
        List<String> problems = new ArrayList<>();
        for (String changed : draft.changed()) {
            Map<String, String> after = values(would, changed);
            String kind = FileName.of(changed).map(FileName::kind).orElse("");
            Optional<String> what = Optional.empty();
            if (kind.equals("device") && "process".equals(after.get("driver"))) {
                what = Optional.of("driver = process");
            } else if (kind.equals("uplink") && !after.isEmpty()) {
                what = reach(values(was, changed), after);
            }
            what.ifPresent(key -> problems.add(changed + ": " + key + " cannot be changed through the uplink " + uplink
                    + " (expected: " + ADMIN + " = true in its file, or a change at the gateway)"));
        }
        return problems;
    }

    /** A key of what an uplink takes in that would be another one; without any command the topics concern nobody. */
    private static Optional<String> reach(Map<String, String> before, Map<String, String> after) {
        if (after.getOrDefault(COMMANDS, "").isBlank()) {
            return Optional.empty();
        }
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .filter(key -> key.equals(COMMANDS) || key.startsWith(COMMAND))
                .filter(key -> !after.getOrDefault(key, "").equals(before.getOrDefault(key, "")))
                .findFirst();
    }

    private static Map<String, String> values(SetUp whole, String file) {
        SetUp.Contents contents = whole.files().get(file);
        return contents == null ? Map.of() : contents.values();
    }
}
