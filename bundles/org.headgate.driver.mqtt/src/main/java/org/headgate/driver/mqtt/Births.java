package org.headgate.driver.mqtt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.headgate.sparkplug.Metric;
import org.headgate.sparkplug.Payload;

/**
 * What an edge node and its devices were born with, and what was last said of each metric; the node's own are of the device with an empty
 * name. Not thread-safe.
 */
final class Births {
    /** So many that no node fills the memory. */
    static final int MOST_METRICS = 50_000;

    private record Named(String device, String name) {}

    private final Map<String, Map<String, Metric>> devices = new HashMap<>();
    private final Map<Long, Named> aliases = new HashMap<>();
    /** Those that have more metrics than there was room for. */
    private final Set<String> cut = new HashSet<>();

    private int count;

    /** Which session of its node a birth or a death is of. */
    static Optional<Object> number(Payload payload) {
        return payload.metrics().stream()
                .filter(metric -> metric.name().equals("bdSeq"))
                .findFirst()
                .flatMap(Metric::value)
                .map(Object::toString);
    }

    /** Nobody is born. */
    void clear() {
        devices.clear();
        aliases.clear();
        cut.clear();
        count = 0;
    }

    /** A device is born, perhaps anew: what it was born with before does not count any more. */
    void add(String device, Payload payload) {
        remove(device);
        Map<String, Metric> all = new LinkedHashMap<>();
        for (Metric metric : payload.metrics()) {
            if (metric.name().isEmpty()) {
                continue;
            }
            if (count + all.size() < MOST_METRICS || all.containsKey(metric.name())) {
                all.put(metric.name(), metric);
                metric.alias().ifPresent(alias -> aliases.put(alias, new Named(device, metric.name())));
            } else {
                cut.add(device);
            }
        }
        count += all.size();
        devices.put(device, all);
    }

    /** A device has died. */
    void remove(String device) {
        Map<String, Metric> before = devices.remove(device);
        if (before != null) {
            count -= before.size();
            aliases.values().removeIf(named -> named.device().equals(device));
            cut.remove(device);
        }
    }

    /** Who is born now. */
    Set<String> devices() {
        return Set.copyOf(devices.keySet());
    }

    boolean has(String device) {
        return devices.containsKey(device);
    }

    /** Whether a device has metrics that nothing is known of, for they are too many. */
    boolean isCut(String device) {
        return cut.contains(device);
    }

    /** The metrics of a device, as they were last said. */
    List<Metric> of(String device) {
        return new ArrayList<>(devices.getOrDefault(device, Map.of()).values());
    }

    Optional<Metric> metric(String device, String name) {
        return Optional.ofNullable(devices.getOrDefault(device, Map.of()).get(name));
    }

    /** A value of a device that is born, as the birth names and types it; empty for none that it was born with. */
    Optional<Metric> take(String device, Metric metric) {
        Map<String, Metric> known = devices.get(device);
        Metric birth = known.get(name(device, metric));
        if (birth == null) {
            return Optional.empty();
        }
        Metric value = named(metric, birth);
        if (!metric.historical()) {
            known.put(birth.name(), value);
        }
        return Optional.of(value);
    }

    private String name(String device, Metric metric) {
        if (!metric.name().isEmpty() || metric.alias().isEmpty()) {
            return metric.name();
        }
        Named named = aliases.get(metric.alias().getAsLong());
        return named != null && named.device().equals(device) ? named.name() : "";
    }

    private static Metric named(Metric metric, Metric birth) {
        return new Metric(
                birth.name(),
                OptionalLong.empty(),
                metric.millis(),
                metric.datatype() == 0 ? birth.datatype() : metric.datatype(),
                metric.historical(),
                metric.isNull(),
                metric.properties(),
                metric.value());
    }
}
