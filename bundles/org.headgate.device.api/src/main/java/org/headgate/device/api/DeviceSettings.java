package org.headgate.device.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;

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

    /** The same settings with other channels. */
    public DeviceSettings withChannels(List<Channel> others) {
        return new DeviceSettings(device, address, timeout, others, options);
    }
}
