package org.headgate.payload.sparkplug;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.headgate.sparkplug.Topics;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.UnknownKeyException;

/**
 * The options of an uplink of this format.
 *
 * @param uplink the uplink's name
 * @param topics the topics of the edge node
 * @param host the id of the primary host application; empty for none
 * @param commands whether hosts may write to devices
 * @param qos with which births and data go out: the standard wants 0
 */
record EdgeOptions(String uplink, Topics topics, String host, boolean commands, int qos) {
    private static final String PREFIX = "sparkplug.";
    private static final Set<String> KEYS = Set.of("group", "node", "host", "commands", "qos");

    /**
     * The options, checked.
     *
     * @throws IllegalArgumentException with {@code key: value (expected: ...)}
     */
    static EdgeOptions of(PayloadSettings settings) {
        Map<String, String> options = settings.options();
        for (String key : new TreeSet<>(options.keySet())) {
            if (!KEYS.contains(key)) {
                throw new UnknownKeyException(
                        PREFIX + key,
                        options.get(key),
                        "one of the keys " + String.join(", ", new TreeSet<>(KEYS)),
                        KEYS.stream().map(PREFIX::concat).toList());
            }
        }
        String group = options.getOrDefault("group", "").strip();
        if (group.isEmpty()) {
            throw wrong("group", group, "the Sparkplug group that this gateway belongs to, for example plant-1");
        }
        if (group.equals("STATE")) {
            throw wrong("group", group, "another name: hosts tell their state there");
        }
        String host = options.getOrDefault("host", "").strip();
        return new EdgeOptions(
                settings.uplink(),
                new Topics(
                        id("group", group),
                        id(
                                "node",
                                options.getOrDefault("node", settings.gateway()).strip())),
                host.isEmpty() ? host : id("host", host),
                choice(options, "commands", "false", "true").equals("true"),
                Integer.parseInt(choice(options, "qos", "0", "1")));
    }

    /** What the edge node listens to: hosts' commands, and where its primary host stands. */
    List<String> subscriptions() {
        List<String> filters = new ArrayList<>(List.of(topics.ncmd(), topics.dcmd("+")));
        if (!host.isEmpty()) {
            filters.add(Topics.state(host));
        }
        return filters;
    }

    /** Ids are topic levels: valid UTF-8 without the characters that mean something there (4.1.2, 4.1.4). */
    private static String id(String key, String text) {
        boolean fits = !text.isEmpty()
                && text.chars().noneMatch(c -> c == '+' || c == '#' || c == '/' || Character.isISOControl(c))
                && text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
        if (!fits) {
            throw wrong(key, text, "a name without +, # and /");
        }
        return text;
    }

    private static String choice(Map<String, String> options, String key, String usual, String other) {
        String text = options.getOrDefault(key, usual).strip();
        if (!text.equals(usual) && !text.equals(other)) {
            throw wrong(key, text, usual + " or " + other);
        }
        return text;
    }

    private static IllegalArgumentException wrong(String key, String value, String expected) {
        return new IllegalArgumentException(PREFIX + key + ": " + value + " (expected: " + expected + ")");
    }
}
