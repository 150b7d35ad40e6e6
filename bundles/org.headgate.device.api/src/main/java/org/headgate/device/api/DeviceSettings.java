package org.headgate.device.api;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a driver gets to know of a device.
 *
 * @param device the device's name, for log lines
 * @param address the text of {@code address = ...}; empty where there is none
 * @param timeout how long one call may take
 * @param channels the channels as configured; empty before {@link Driver#channels} was asked
 * @param options keys of the device's file that the runtime does not know, for the driver; unknown to it too means
 *     {@link InvalidSettingException}
 */
public record DeviceSettings(
        String device, String address, Duration timeout, List<Channel> channels, Map<String, String> options) {
    public DeviceSettings {
        channels = List.copyOf(channels);
        options = Map.copyOf(options);
    }

    private static final String ANY_NAME = "NAME";

    /**
     * Refuses every option but those that the driver has.
     *
     * @param known their keys, in the order in which they are named to the user; one that ends in {@code .NAME} stands for all that begin
     *     like it
     * @throws UnknownSettingException for the first other one by the alphabet
     */
    public void requireKnown(Collection<String> known) throws UnknownSettingException {
        requireKnown(known, known.isEmpty() ? "no settings of the driver's own" : "one of " + String.join(", ", known));
    }

    /**
     * The same with another word for the user.
     *
     * @param expected what should stand there instead
     * @throws UnknownSettingException for the first other one by the alphabet
     */
    public void requireKnown(Collection<String> known, String expected) throws UnknownSettingException {
        for (String key : new TreeSet<>(options.keySet())) {
            if (!known.contains(key) && known.stream().noneMatch(one -> isOneOf(one, key))) {
                throw UnknownSettingException.key(key, options.get(key), expected, known);
            }
        }
    }

    private static boolean isOneOf(String family, String key) {
        int begin = family.length() - ANY_NAME.length();
        return family.endsWith("." + ANY_NAME) && key.length() > begin && key.startsWith(family.substring(0, begin));
    }

    /** The same settings with other channels. */
    public DeviceSettings withChannels(List<Channel> others) {
        return new DeviceSettings(device, address, timeout, others, options);
    }
}
