package org.headgate.device.channels;

import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Settings;
import org.headgate.device.api.Channel;

/**
 * {@code channel.NAME = SOURCE [TYPE] key=value ...} as it stands in a file of a device or a profile.
 *
 * @param name the channel's name
 * @param source where the driver finds it; empty where that is taken from the profile or the driver
 * @param type the type's word, for example {@code int16}
 * @param options the {@code key=value} pairs, in their order
 */
public record ChannelText(String name, String source, Optional<String> type, Map<String, String> options) {
    /** Reads the text of a channel; everything that is wrong is noted in {@code settings} under {@code channel.NAME}. */
    public static Optional<ChannelText> parse(String name, String text, Settings settings) {
        throw new UnsupportedOperationException();
    }

    /** This channel with what it does not say taken from another text of it: a device's over its profile's. */
    public ChannelText over(ChannelText base) {
        throw new UnsupportedOperationException();
    }

    /**
     * The channel, with what is not said taken from the driver's own one.
     *
     * @throws IllegalArgumentException with one line for the user when nobody says the source, or when what is said does not fit together
     */
    public ChannelDefinition on(Optional<Channel> own) {
        throw new UnsupportedOperationException();
    }

    /** The text as it is written after {@code channel.NAME =}, in its shortest form. */
    public String text() {
        throw new UnsupportedOperationException();
    }
}
