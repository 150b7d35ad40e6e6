package org.headgate.device.channels;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Instance;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;

/**
 * A file {@code headgate.profile-NAME.cfg}: the channels of a device type.
 *
 * @param name the profile's name
 * @param driver the only driver that it is for; empty where any will do
 * @param channels its channels, in the file's order
 * @param poll the time between two reads, for devices that do not say it
 * @param timeout how long a call may take, for devices that do not say it
 * @param invalid what is wrong with the file; empty when nothing is
 */
public record Profile(
        String name,
        Optional<String> driver,
        List<ChannelText> channels,
        Optional<Duration> poll,
        Optional<Duration> timeout,
        Optional<String> invalid) {
    /** The factory PID. */
    public static final String PID = "headgate.profile";

    public Profile {
        channels = List.copyOf(channels);
    }

    /** Reads a profile's file; what is wrong stands in {@link #invalid}. */
    public static Profile of(Instance instance) {
        throw new UnsupportedOperationException();
    }

    /**
     * The channels of a device: the driver's own, replaced or followed by the profile's, and those by the device's.
     *
     * @param own the driver's own channels
     * @param profile the device's profile, if it has one
     * @param configured the channels of the device's file
     * @throws InvalidSettingException when nobody says a channel's source, or when what is said does not fit together
     */
    public static List<ChannelDefinition> definitions(
            List<Channel> own, Optional<Profile> profile, List<ChannelText> configured) throws InvalidSettingException {
        throw new UnsupportedOperationException();
    }
}
