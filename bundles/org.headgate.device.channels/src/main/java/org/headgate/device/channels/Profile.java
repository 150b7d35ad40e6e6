package org.headgate.device.channels;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;

/**
 * A file {@code headgate.profile-NAME.cfg}, or what a driver brings with it under that name: the channels of a device type.
 *
 * @param name the profile's name
 * @param driver the only driver that it is for; empty where any will do
 * @param channels its channels, in the file's order
 * @param poll the time between two reads, for devices that do not say it
 * @param timeout how long a call may take, for devices that do not say it
 * @param options keys of the driver's own, for devices that do not say them; only in a profile that names its driver
 * @param invalid what is wrong with the file; empty when nothing is
 */
public record Profile(
        String name,
        Optional<String> driver,
        List<ChannelText> channels,
        Optional<Duration> poll,
        Optional<Duration> timeout,
        Map<String, String> options,
        Optional<String> invalid) {
    /** The factory PID. */
    public static final String PID = "headgate.profile";

    public Profile {
        channels = List.copyOf(channels);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Reads a profile's file; what is wrong stands in {@link #invalid}. */
    public static Profile of(Instance instance) {
        Settings settings = instance.settings();
        Optional<String> driver = settings.text("driver").filter(word -> !word.isBlank());
        Optional<Duration> poll = duration(settings, "poll", Duration.ofMillis(10));
        Optional<Duration> timeout = duration(settings, "timeout", Duration.ofMillis(1));
        List<ChannelText> channels = new ArrayList<>();
        settings.prefixed("channel.")
                .forEach((name, text) -> ChannelText.parse(name, text, settings).ifPresent(channels::add));
        Map<String, String> options = driver.isPresent() ? settings.rest() : Map.of();
        return new Profile(instance.name(), driver, channels, poll, timeout, options, instance.invalid());
    }

    /** A profile that a driver brings with it. */
    public static Profile of(String driver, String name, Map<String, String> keys) {
        Map<String, String> all = new LinkedHashMap<>(keys);
        all.put("driver", driver);
        return of(new Instance(name, "", new Settings(all), Optional.empty()));
    }

    /**
     * The channels of a device: the driver's own, replaced or followed by the profile's, and those by the device's. A channel takes what
     * it does not say from the profile's of the same name, then from the driver's of the same name, or else of the same source.
     *
     * @param own the driver's own channels
     * @param profile the device's profile, if it has one
     * @param configured the channels of the device's file
     * @throws InvalidSettingException when nobody says a channel's source, or when what is said does not fit together
     */
    public static List<ChannelDefinition> definitions(
            List<Channel> own, Optional<Profile> profile, List<ChannelText> configured) throws InvalidSettingException {
        List<ChannelDefinition> definitions = new ArrayList<>();
        for (ChannelText text : written(own, profile, configured)) {
            ChannelOptions options = ChannelOptions.joined(text, same(own, text));
            if (!options.wrong().isEmpty()) {
                throw new InvalidSettingException(
                        "channel." + text.name(), text.text(), String.join("; ", options.wrong()));
            }
            definitions.add(options.define());
        }
        return List.copyOf(definitions);
    }

    /**
     * The channels of {@link #definitions}, as a file would say them that leaves nothing to others. Nothing is judged.
     */
    public static List<ChannelText> texts(List<Channel> own, Optional<Profile> profile, List<ChannelText> configured) {
        return written(own, profile, configured).stream()
                .map(text -> same(own, text)
                        .map(channel -> text.over(ChannelText.of(channel)))
                        .orElse(text))
                .toList();
    }

    private static List<ChannelText> written(
            List<Channel> own, Optional<Profile> profile, List<ChannelText> configured) {
        Map<String, ChannelText> texts = new LinkedHashMap<>();
        own.forEach(channel -> texts.put(channel.name(), ChannelText.of(channel)));
        Map<String, ChannelText> written = new LinkedHashMap<>();
        profile.map(Profile::channels).orElse(List.of()).forEach(text -> written.put(text.name(), text));
        configured.forEach(text -> written.merge(text.name(), text, (base, device) -> device.over(base)));
        texts.putAll(written);
        return List.copyOf(texts.values());
    }

    /** The driver's own channel that a channel takes from what it does not say: that of its name, or else of its source. */
    public static Optional<Channel> same(List<Channel> own, ChannelText text) {
        return own.stream()
                .filter(channel -> channel.name().equals(text.name()))
                .findFirst()
                .or(() -> own.stream()
                        .filter(channel ->
                                !text.source().isEmpty() && channel.source().equals(text.source()))
                        .findFirst());
    }

    private static Optional<Duration> duration(Settings settings, String key, Duration least) {
        return settings.text(key).map(text -> settings.duration(key, least, ChannelOptions.MOST, least));
    }
}
