package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.Settings;
import org.headgate.outbox.api.DropPolicy;
import org.headgate.outbox.api.Durability;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.Priority;

/**
 * What an uplink takes of one priority, and how its log keeps it.
 *
 * @param streams names and patterns of streams, with {@code !} those that belong elsewhere
 * @param outbox how the rows are kept
 */
record Feed(List<String> streams, OutboxSettings outbox) {
    private static final int COMMIT_ROWS = 10_000;
    private static final long LEAST_BYTES = 64 << 10;

    /** The feeds that the file asks for, by priority. */
    static Map<Priority, Feed> of(Settings keys) {
        List<String> streams = keys.list("streams");
        List<String> high = keys.list("priority.high");
        List<String> low = keys.list("priority.low");
        if (streams.isEmpty() && high.isEmpty() && low.isEmpty()) {
            keys.wrong("streams", "names of streams, * for any text, separated by commas");
        }
        List<String> excluded =
                streams.stream().filter(name -> name.startsWith("!")).toList();
        Map<Priority, List<String>> wanted = new EnumMap<>(Priority.class);
        wanted.put(Priority.HIGH, joined(List.of(high, excluded)));
        wanted.put(Priority.NORMAL, joined(List.of(streams, not(high), not(low))));
        wanted.put(Priority.LOW, joined(List.of(low, not(high), excluded)));
        Map<Priority, Feed> feeds = new EnumMap<>(Priority.class);
        Limits all = Limits.of(keys, "outbox.", Limits.NONE);
        for (Priority priority : Priority.values()) {
            Limits limits = Limits.of(keys, "outbox." + priority.label() + ".", all);
            if (wanted.get(priority).stream().anyMatch(name -> !name.startsWith("!"))) {
                feeds.put(priority, new Feed(wanted.get(priority), outbox(keys, limits, priority)));
            }
        }
        return feeds;
    }

    private static OutboxSettings outbox(Settings keys, Limits limits, Priority priority) {
        return new OutboxSettings(
                limits.maxBytes() == 0 ? OutboxSettings.defaultBytes(priority) : limits.maxBytes(),
                OutboxSettings.DEFAULT.segmentBytes(),
                keys.duration("commit", Duration.ofMillis(1), OutboxSettings.DEFAULT.commitInterval()),
                COMMIT_ROWS,
                limits.maxAge(),
                keys.bytes("outbox.min-free", 0, OutboxSettings.DEFAULT.minFreeBytes()),
                limits.drop(),
                keys.choice("durability", List.of("always", "offline")).equals("offline")
                        ? Durability.OFFLINE
                        : Durability.ALWAYS,
                folder(keys),
                keys.flag("require-mount", false));
    }

    private static String folder(Settings keys) {
        String folder = keys.text("outbox.dir").orElse("");
        if (!folder.isEmpty() && !folder.startsWith("/")) {
            keys.wrong("outbox.dir", "an absolute path such as /mnt/data/headgate");
        }
        return folder;
    }

    private static List<String> joined(List<List<String>> parts) {
        return parts.stream().flatMap(List::stream).distinct().toList();
    }

    private static List<String> not(List<String> names) {
        List<String> excluded = new ArrayList<>();
        names.forEach(name -> excluded.add(name.startsWith("!") ? name.substring(1) : "!" + name));
        return excluded;
    }

    /** The limits of one priority, or those that hold where it has none of its own. */
    private record Limits(long maxBytes, Duration maxAge, DropPolicy drop) {
        static final Limits NONE = new Limits(0, Duration.ZERO, DropPolicy.OLDEST);

        static Limits of(Settings keys, String prefix, Limits otherwise) {
            String drop = keys.text(prefix + "drop").isPresent()
                    ? keys.choice(prefix + "drop", List.of("oldest", "newest"))
                    : "";
            return new Limits(
                    keys.text(prefix + "max-bytes").isPresent()
                            ? keys.bytes(prefix + "max-bytes", LEAST_BYTES, 0)
                            : otherwise.maxBytes,
                    keys.text(prefix + "max-age").isPresent()
                            ? keys.duration(prefix + "max-age", Duration.ofSeconds(1), Duration.ZERO)
                            : otherwise.maxAge,
                    switch (drop) {
                        case "oldest" -> DropPolicy.OLDEST;
                        case "newest" -> DropPolicy.NEWEST;
                        default -> otherwise.drop;
                    });
        }
    }
}
