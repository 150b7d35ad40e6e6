package org.headgate.device.api;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import org.headgate.data.api.Type;

/**
 * One value of a device, as {@code channel.NAME = SOURCE [TYPE] key=value ...} configures it.
 *
 * @param name the channel's name: the column in the device's stream
 * @param source where the driver finds it, for example {@code holding/100}
 * @param type for a driver, the type that it reads and writes; in a {@link DeviceStatus}, the type of the stream's column, which
 *     scaling may have changed
 * @param unit a UCUM unit; empty where there is none
 * @param access whether it may be read and written
 * @param options everything else, for the driver, for example {@code {order=CDAB}}; {@code type} holds the word of the type as it was
 *     written, for example {@code int16}
 */
public record Channel(String name, String source, Type type, String unit, Access access, Map<String, String> options) {
    public Channel {
        options = Map.copyOf(options);
    }

    private static final String TYPE = "type";

    /**
     * Refuses every option but those that the driver has, and {@code type}, which every channel may have.
     *
     * @param known the options of such a channel
     * @param expected what should stand there instead, for the user
     * @throws UnknownSettingException for the first other one by the alphabet
     */
    public void requireKnown(Collection<String> known, String expected) throws UnknownSettingException {
        for (String option : new TreeSet<>(options.keySet())) {
            if (!option.equals(TYPE) && !known.contains(option)) {
                throw UnknownSettingException.option(this, option, expected, known);
            }
        }
    }

    /** A channel that can be read, with no options. */
    public static Channel readable(String name, String source, Type type, String unit) {
        return new Channel(name, source, type, unit, Access.READ, Map.of());
    }
}
