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
    static AllowList of(List<String> names) {
        return new AllowList(
                List.copyOf(names), names.stream().map(AllowList::pattern).toList());
    }

    boolean allows(String command) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(command).matches());
    }

    private static Pattern pattern(String name) {
        return Pattern.compile(
                Arrays.stream(name.strip().split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
