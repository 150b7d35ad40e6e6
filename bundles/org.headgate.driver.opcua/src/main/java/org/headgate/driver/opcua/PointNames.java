package org.headgate.driver.opcua;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of channels from the names on the way to a node: its own where that is the only one of its kind, else with as many of those
 * before it as are needed.
 */
final class PointNames {
    private static final int LONGEST = 63;

    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    PointNames(List<List<String>> paths) {
        for (List<String> path : paths) {
            for (int length = 1; length <= path.size(); length++) {
                counts.merge(tail(path, length), 1, Integer::sum);
            }
        }
    }

    /** A name that is valid, and that was not given before. */
    String of(List<String> path) {
        int length = 1;
        while (length < path.size() && counts.getOrDefault(tail(path, length), 0) > 1) {
            length++;
        }
        String name = tail(path, length);
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            String suffix = "-" + i;
            free = name.substring(0, Math.min(name.length(), LONGEST - suffix.length())) + suffix;
        }
        return free;
    }

    private static String tail(List<String> path, int length) {
        String text = String.join("-", path.subList(path.size() - length, path.size()))
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_-]+", "-")
                .replaceAll("-{2,}", "-")
                .replaceAll("^-|-$", "");
        String valid = text.matches("[a-z].*") ? text : ("n" + text);
        // The end of a long one tells more than its beginning.
        return valid.length() <= LONGEST ? valid : "n" + valid.substring(valid.length() - LONGEST + 1);
    }
}
