package org.headgate.uplink.commands;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which commands an uplink allows: names, with {@code *} for any text.
 *
 * @param names what stands in {@code commands} of the uplink
 * @param patterns the same, to be matched
 */
record AllowList(List<String> names, List<Pattern> patterns) {
    /**
     * Commands that are as good as all rights: they bring code that runs with those of the gateway, or say where its secrets are sent, or both.
     */
    static final List<String> POWERFUL = List.of(
            "device:add",
            "device:set",
            "driver:install",
            "driver:update",
            "gateway:apply",
            "gateway:import",
            "profile:add",
            "profile:set",
            "uplink:add",
            "uplink:set");

    static AllowList of(List<String> names) {
        return new AllowList(
                List.copyOf(names), names.stream().map(AllowList::pattern).toList());
    }

    boolean allows(String command) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(command).matches());
    }

    /** Those of the powerful commands that are allowed. */
    List<String> powerful() {
        return POWERFUL.stream().filter(this::allows).toList();
    }

    private static Pattern pattern(String name) {
        return Pattern.compile(
                Arrays.stream(name.strip().split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
