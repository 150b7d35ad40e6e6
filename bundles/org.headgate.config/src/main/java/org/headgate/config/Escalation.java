package org.headgate.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.headgate.config.api.FileName;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Texts;

/**
 * What somebody behind a broker may not change, so that a list of commands stays what it says: which commands an uplink takes, where and from whom, and
 * devices that are programs. {@code command.admin = true} in the uplink's file allows it; that key is one of those.
 */
final class Escalation {
    private static final String CLOUD = "cloud:";
    private static final String COMMANDS = "commands";
    private static final String COMMAND = "command.";
    private static final String ADMIN = "command.admin";
    private static final String DRIVER = "driver";
    private static final String PROCESS = "process";
    /** What says which commands an uplink takes, and who is at its other end, beside {@link #REACH_BEFORE}. */
    private static final Set<String> REACH =
            Set.of(COMMANDS, "address", "transport", "user", "password", "token", "proxy");

    private static final List<String> REACH_BEFORE = List.of(COMMAND, "tls.", "proxy.");

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
            if (kind.equals("device") && runsProgram(would, after)
                    || kind.equals("profile") && (bringsProgram(was, changed) || bringsProgram(would, changed))) {
                what = Optional.of(DRIVER + " = " + PROCESS);
            } else if (kind.equals("uplink") && !after.isEmpty()) {
                what = reach(values(was, changed), after);
            }
            what.ifPresent(key -> problems.add(changed + ": " + key + " cannot be changed through the uplink " + uplink
                    + " (expected: " + ADMIN + " = true in its file, or a change at the gateway)"));
        }
        return problems;
    }

    /** Whether a device is a program: by its own file, or by its profile's where that does not say. */
    private static boolean runsProgram(SetUp whole, Map<String, String> device) {
        String driver = device.getOrDefault(DRIVER, "");
        return PROCESS.equals(
                driver.isBlank()
                        ? values(whole, profile(device.getOrDefault("profile", "")))
                                .get(DRIVER)
                        : driver);
    }

    /** Whether a profile is one of programs, or of a device that is: that takes its options and channels from it. */
    private static boolean bringsProgram(SetUp whole, String file) {
        return PROCESS.equals(values(whole, file).get(DRIVER))
                || whole.names("device").stream()
                        .map(name -> values(whole, FileName.of("device", name).file()))
                        .anyMatch(device ->
                                file.equals(profile(device.getOrDefault("profile", ""))) && runsProgram(whole, device));
    }

    private static String profile(String name) {
        return name.isBlank() ? "" : FileName.of("profile", name).file();
    }

    /**
     * A key of what an uplink takes in, or of who is at its other end, that would be another one; without any command that concerns nobody, and the
     * commands cannot come back.
     */
    private static Optional<String> reach(Map<String, String> before, Map<String, String> after) {
        if (after.getOrDefault(COMMANDS, "").isBlank()) {
            // What was asked for before still runs, and an administrator may bring the commands back.
            return Optional.of(ADMIN).filter(key -> !after.getOrDefault(key, "").equals(before.getOrDefault(key, "")));
        }
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .filter(key -> REACH.contains(key) || REACH_BEFORE.stream().anyMatch(key::startsWith))
                .filter(key -> !after.getOrDefault(key, "").equals(before.getOrDefault(key, "")))
                // The list itself says best what is the matter.
                .min(Comparator.comparing(key -> !key.equals(COMMANDS)));
    }

    private static Map<String, String> values(SetUp whole, String file) {
        SetUp.Contents contents = whole.files().get(file);
        return contents == null ? Map.of() : contents.values();
    }
}
