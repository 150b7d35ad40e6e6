package org.headgate.driver.gpio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.device.api.InvalidSettingException;

/**
 * A line with all that the channels of a device do with it: any number of channels read it, or one writes it.
 *
 * @param uses at least one; several are all {@link LineUse.Input}
 * @param options how it is wired, put together from all of its channels
 */
record Wiring(List<LineUse> uses, Map<String, String> options) {
    Wiring {
        uses = List.copyOf(uses);
        options = Map.copyOf(options);
    }

    /** Says which line a channel means. */
    interface Key<X extends Exception> {
        Object of(LineUse use) throws X, InvalidSettingException;
    }

    /**
     * Puts the channels of each line together, in their order.
     *
     * @throws InvalidSettingException when channels do what cannot be done with one line at once
     */
    static <X extends Exception> Map<Object, Wiring> of(List<LineUse> uses, Key<X> key)
            throws X, InvalidSettingException {
        Map<Object, List<LineUse>> groups = new LinkedHashMap<>();
        for (LineUse use : uses) {
            groups.computeIfAbsent(key.of(use), line -> new ArrayList<>()).add(use);
        }
        Map<Object, Wiring> lines = new LinkedHashMap<>();
        for (Map.Entry<Object, List<LineUse>> group : groups.entrySet()) {
            lines.put(group.getKey(), of(group.getValue()));
        }
        return lines;
    }

    private static Wiring of(List<LineUse> uses) throws InvalidSettingException {
        Map<String, String> options = new TreeMap<>();
        Map<String, LineUse> saidBy = new TreeMap<>();
        for (LineUse use : uses) {
            alone(use, uses);
            for (Map.Entry<String, String> option : use.wiring().entrySet()) {
                String before = options.putIfAbsent(option.getKey(), option.getValue());
                LineUse first = saidBy.computeIfAbsent(option.getKey(), key -> use);
                if (before != null && !before.equals(option.getValue())) {
                    throw wrong(
                            use,
                            option.getKey() + "=" + option.getValue(),
                            option.getKey() + "=" + before + ", as channel."
                                    + first.channel().name() + " says of the same line");
                }
            }
        }
        return new Wiring(uses, options);
    }

    private static void alone(LineUse use, List<LineUse> all) throws InvalidSettingException {
        for (LineUse other : all) {
            boolean shared = use instanceof LineUse.Input && other instanceof LineUse.Input;
            if (use != other && !shared) {
                LineUse last = all.get(all.size() - 1);
                LineUse first = last == use ? other : use;
                throw wrong(
                        last,
                        last.channel().source(),
                        "a line that no other channel uses; channel."
                                + first.channel().name()
                                + (first instanceof LineUse.Input ? " reads it" : " writes it"));
            }
        }
    }

    private static InvalidSettingException wrong(LineUse use, String value, String expected) {
        return new InvalidSettingException("channel." + use.channel().name(), value, expected);
    }
}
