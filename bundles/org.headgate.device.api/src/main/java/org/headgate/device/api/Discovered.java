package org.headgate.device.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that a driver has found and that may become a device.
 *
 * @param name a name for the device; whoever adds it makes it valid and unique
 * @param address what stands in {@code address = ...}; empty for a driver without addresses
 * @param description what it is, and how it was found, on one line: {@code BME280 (chip id 0x60)}
 * @param obstacle why it cannot be used now, on one line: {@code in use by spi0 CS0}; empty when it can. Not added by itself
 * @param settings other keys of the device's file, in their order, for example {@code profile}; empty where none are needed
 * @param points what it has: channels that would be configured; empty where the driver knows the channels by itself
 */
public record Discovered(
        String name,
        String address,
        String description,
        String obstacle,
        Map<String, String> settings,
        List<Point> points) {
    /**
     * Something that may become a channel: a line, a node, a register.
     *
     * @param name a name for the channel
     * @param text what stands in {@code channel.NAME = ...}
     * @param description what it is, on one line; may be empty
     * @param obstacle why it cannot be used now, on one line; empty when it can. Not added by itself
     */
    public record Point(String name, String text, String description, String obstacle) {}

    public Discovered {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        points = List.copyOf(points);
    }

    /** A device whose channels the driver knows by itself. */
    public static Discovered device(String name, String address, String description) {
        return new Discovered(name, address, description, "", Map.of(), List.of());
    }
}
