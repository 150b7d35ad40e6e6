package org.headgate.driver.uart;

import java.util.Map;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;

/** Bytes at an offset to a number: what the type's word says, {@code order=big} or {@code order=little}. */
final class Registers {
    static final String EXPECTED = "a type such as uint8, int16, uint32 or float32 behind it";

    private static final Map<String, Integer> WIDTHS = Map.ofEntries(
            Map.entry("int8", 1),
            Map.entry("uint8", 1),
            Map.entry("bool", 1),
            Map.entry("int16", 2),
            Map.entry("uint16", 2),
            Map.entry("int32", 4),
            Map.entry("uint32", 4),
            Map.entry("float", 4),
            Map.entry("float32", 4),
            Map.entry("int64", 8),
            Map.entry("double", 8),
            Map.entry("float64", 8));

    private Registers() {}

    /** How many bytes a channel's type has; 0 for one that says no width. */
    static int width(Channel channel) {
        return WIDTHS.getOrDefault(channel.options().getOrDefault("type", ""), 0);
    }

    /** Gives the number; the bytes must be there. */
    static void set(Channel channel, byte[] bytes, int offset, int index, Readings into) {
        String word = channel.options().get("type");
        int width = width(channel);
        boolean little = "little".equals(channel.options().get("order"));
        long raw = 0;
        for (int i = 0; i < width; i++) {
            raw = raw << 8 | bytes[little ? offset + width - 1 - i : offset + i] & 0xFF;
        }
        switch (word) {
            case "bool" -> into.set(index, raw != 0);
            case "float", "float32" -> into.set(index, (double) Float.intBitsToFloat((int) raw));
            case "double", "float64" -> into.set(index, Double.longBitsToDouble(raw));
            default -> {
                int above = 64 - 8 * width;
                into.set(index, word.startsWith("u") ? raw : raw << above >> above);
            }
        }
    }
}
