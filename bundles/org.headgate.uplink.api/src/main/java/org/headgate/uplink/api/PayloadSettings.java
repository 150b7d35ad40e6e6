package org.headgate.uplink.api;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a format gets to know of an uplink.
 *
 * @param uplink the uplink's name
 * @param gateway the gateway's identity
 * @param timeUnit the unit of times in the payload, where the format leaves a choice
 * @param options keys of the uplink's file that begin with the format's name and a dot, without them: {@code group} for {@code
 *     sparkplug.group}
 */
public record PayloadSettings(String uplink, String gateway, TimeUnitName timeUnit, Map<String, String> options) {
    public PayloadSettings {
        options = Map.copyOf(options);
    }

    /**
     * For formats without settings of their own.
     *
     * @throws IllegalArgumentException with {@code key: value (expected: ...)} when there are some
     */
    public void none(String format) {
        if (!options.isEmpty()) {
            String key = new TreeSet<>(options.keySet()).first();
            throw new UnknownKeyException(
                    format + "." + key,
                    options.get(key),
                    "no such key; the format " + format + " has none of its own",
                    List.of());
        }
    }
}
