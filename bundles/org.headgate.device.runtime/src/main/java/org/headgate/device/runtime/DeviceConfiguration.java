package org.headgate.device.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;

/**
 * A device's file, read and checked.
 *
 * @param name the device's name
 * @param driver its driver's name
 * @param address where it is, in the driver's syntax
 * @param enabled whether it runs
 * @param poll the time between two reads
 * @param timeout how long a call may take
 * @param channels the channels that the file names
 * @param options keys for the driver
 * @param invalid what is wrong; empty when nothing is
 */
record DeviceConfiguration(
        String name,
        String driver,
        String address,
        boolean enabled,
        Duration poll,
        Duration timeout,
        List<ChannelText> channels,
        Map<String, String> options,
        Optional<String> invalid) {

    static DeviceConfiguration of(Instance instance) {
        Settings settings = instance.settings();
        String driver = settings.required("driver", "the name of a driver, for example host or simulator");
        String address = settings.text("address").orElse("");
        boolean enabled = settings.flag("enabled", true);
        Duration poll = settings.duration("poll", Duration.ofMillis(10), Duration.ofSeconds(1));
        Duration timeout = settings.duration("timeout", Duration.ofMillis(1), Duration.ofSeconds(2));
        List<ChannelText> channels = new ArrayList<>();
        settings.prefixed("channel.")
                .forEach((name, text) -> ChannelText.parse(name, text, settings).ifPresent(channels::add));
        return new DeviceConfiguration(
                instance.name(),
                driver,
                address,
                enabled,
                poll,
                timeout,
                List.copyOf(channels),
                settings.rest(),
                instance.invalid());
    }

    DeviceSettings settings() {
        return new DeviceSettings(name, address, timeout, List.of(), options);
    }

    /** The driver's own channels with the configured ones in their place or behind them. */
    List<Channel> merge(List<Channel> own) {
        Map<String, Channel> merged = new LinkedHashMap<>();
        own.forEach(channel -> merged.put(channel.name(), channel));
        for (ChannelText text : channels) {
            Optional<Channel> same = own.stream()
                    .filter(channel -> channel.name().equals(text.name()))
                    .findFirst()
                    .or(() -> own.stream()
                            .filter(channel -> channel.source().equals(text.source()))
                            .findFirst());
            merged.put(text.name(), text.on(same));
        }
        return List.copyOf(merged.values());
    }
}
