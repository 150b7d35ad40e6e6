package org.headgate.uplink.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.headgate.config.api.Settings;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.uplink.api.Route;

/**
 * Where the messages of each stream go: {@code topic}, {@code qos} and {@code retain}, with {@code topic.PATTERN} and so on for some streams.
 * A topic with {@code {channel}} makes a message for each column, one with {@code {device}} one for each value of the column {@code
 * device}, where rows have one; else the stream's name stands for it.
 */
final class Routes {
    private static final String TOPIC = "headgate/{gateway}/{stream}";
    private static final String TOPIC_EXPECTED =
            "a topic such as " + TOPIC + ", with {gateway} {stream} {device} {channel}, without # and +";
    private static final Pattern PLACE = Pattern.compile("\\{(gateway|stream|device|channel)}");
    private static final String DEVICE = "device";

    private final String gateway;
    private final Choice<String> topics;
    private final Choice<Integer> levels;
    private final Choice<Boolean> retained;
    /** Routes of streams whose rows all go to one topic. */
    private final Map<String, Route> whole = new ConcurrentHashMap<>();

    private Routes(String gateway, Choice<String> topics, Choice<Integer> levels, Choice<Boolean> retained) {
        this.gateway = gateway;
        this.topics = topics;
        this.levels = levels;
        this.retained = retained;
    }

    /** Some rows of a batch and where they go. */
    record Share(OutboxBatch batch, Route route) {}

    static Routes of(Settings keys, String gateway) {
        Choice<String> topics = new Choice<>(keys.text("topic").orElse(TOPIC));
        keys.prefixed("topic.").forEach(topics::add);
        topics.values().forEach((key, topic) -> {
            if (topic.isBlank() || PLACE.matcher(topic).replaceAll("").matches(".*[{}#+].*")) {
                keys.wrong(key.isEmpty() ? "topic" : "topic." + key, TOPIC_EXPECTED);
            }
        });
        Choice<Integer> levels = new Choice<>((int) keys.number("qos", 0, 2, 1));
        keys.prefixed("qos.").keySet().forEach(name -> levels.add(name, (int) keys.number("qos." + name, 0, 2, 1)));
        Choice<Boolean> retained = new Choice<>(keys.flag("retain", false));
        keys.prefixed("retain.").keySet().forEach(name -> retained.add(name, keys.flag("retain." + name, false)));
        return new Routes(gateway, topics, levels, retained);
    }

    /** The topic of a stream, where neither a device nor a channel is known. */
    String topic(String stream) {
        return fill(topics.of(stream), stream, stream, "channel");
    }

    /** What of a batch goes where, in order; rows that have nothing to say there are left out. */
    List<Share> shares(OutboxBatch batch) {
        return shares(batch, "");
    }

    /**
     * What of a batch goes to a topic.
     *
     * @param only the topic; empty for all of them
     */
    List<Share> shares(OutboxBatch batch, String only) {
        Route known = whole.get(batch.stream());
        if (known != null) {
            return List.of(new Share(batch, known));
        }
        String topic = topics.of(batch.stream());
        if (!topic.contains("{device}") && !topic.contains("{channel}")) {
            Share all = share(batch, topic, batch.stream(), "");
            whole.put(batch.stream(), all.route());
            return List.of(all);
        }
        List<Share> shares = new ArrayList<>();
        for (Map.Entry<String, OutboxBatch> part :
                (topic.contains("{device}") ? byDevice(batch) : Map.of(batch.stream(), batch)).entrySet()) {
            if (topic.contains("{channel}")) {
                Map<String, Boolean> wanted = new HashMap<>();
                byChannel(
                                part.getValue(),
                                channel -> only.isEmpty()
                                        || wanted.computeIfAbsent(
                                                channel,
                                                name -> fill(topic, batch.stream(), part.getKey(), name)
                                                        .equals(only)))
                        .forEach((channel, rows) -> shares.add(share(rows, topic, part.getKey(), channel)));
            } else {
                shares.add(share(part.getValue(), topic, part.getKey(), ""));
            }
        }
        shares.removeIf(share -> !only.isEmpty() && !share.route().topic().equals(only));
        return shares;
    }

    private Share share(OutboxBatch batch, String topic, String device, String channel) {
        String stream = batch.stream();
        return new Share(
                batch, new Route(fill(topic, stream, device, channel), levels.of(stream), retained.of(stream)));
    }

    private String fill(String topic, String stream, String device, String channel) {
        return PLACE.matcher(topic)
                .replaceAll(place -> Matcher.quoteReplacement(
                        switch (place.group(1)) {
                            case "gateway" -> gateway;
                            case "stream" -> stream;
                            case DEVICE -> level(device);
                            default -> level(channel);
                        }));
    }

    /** A name as one level of a topic: what separates levels or matches several is replaced (MQTT 5, 4.7). */
    private static String level(String name) {
        return name.isEmpty() ? "-" : name.replaceAll("[/#+\\x00]", "_");
    }

    private static Map<String, OutboxBatch> byDevice(OutboxBatch batch) {
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        for (Row row : batch.rows()) {
            int column = row.schema().indexOf(DEVICE);
            boolean named = column >= 0 && row.schema().type(column) == Type.STRING && !row.isNull(column);
            rows.computeIfAbsent(named ? row.asString(column) : batch.stream(), missing -> new ArrayList<>())
                    .add(row);
        }
        Map<String, OutboxBatch> batches = new LinkedHashMap<>();
        rows.forEach((device, some) -> batches.put(device, batch.with(some)));
        return batches;
    }

    private static Map<String, OutboxBatch> byChannel(OutboxBatch batch, Predicate<String> wanted) {
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        for (Row row : batch.rows()) {
            for (int i = 0; i < row.schema().size(); i++) {
                if (row.quality(i) != Quality.ABSENT
                        && wanted.test(row.schema().column(i).name())) {
                    Schema alone = Schema.of(row.schema().column(i));
                    rows.computeIfAbsent(row.schema().column(i).name(), missing -> new ArrayList<>())
                            .add(Row.builder(alone).copy(0, row, i).build(row.timeNanos(), row.clock()));
                }
            }
        }
        Map<String, OutboxBatch> batches = new LinkedHashMap<>();
        rows.forEach((channel, some) -> batches.put(channel, batch.with(some)));
        return batches;
    }

    /** A value for all streams, and others for some, of which the first that fits counts. */
    private static final class Choice<T> {
        private final T otherwise;
        private final Map<String, T> some = new LinkedHashMap<>();
        private final Map<Pattern, T> compiled = new LinkedHashMap<>();

        Choice(T otherwise) {
            this.otherwise = otherwise;
        }

        void add(String pattern, T value) {
            some.put(pattern, value);
            // A limit of -1 keeps a star at the end.
            compiled.put(
                    Pattern.compile(List.of(pattern.split("\\*", -1)).stream()
                            .map(Pattern::quote)
                            .collect(Collectors.joining(".*"))),
                    value);
        }

        Map<String, T> values() {
            Map<String, T> all = new LinkedHashMap<>(some);
            all.put("", otherwise);
            return all;
        }

        T of(String stream) {
            for (Map.Entry<Pattern, T> entry : compiled.entrySet()) {
                if (entry.getKey().matcher(stream).matches()) {
                    return entry.getValue();
                }
            }
            return otherwise;
        }
    }
}
