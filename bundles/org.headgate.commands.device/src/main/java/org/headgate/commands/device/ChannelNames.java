package org.headgate.commands.device;

import java.util.List;
import java.util.Optional;
import org.headgate.commands.kit.Instances;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.EffectiveSetting;

/** The channels that a device has, whoever says so, its driver being there or not. */
final class ChannelNames {
    private final Commissioning commissioning;

    ChannelNames(Commissioning commissioning) {
        this.commissioning = commissioning;
    }

    /** Channels as settings, in the device's order. */
    List<EffectiveSetting> settings(String device) {
        return commissioning.settings(device).stream()
                .filter(setting -> setting.key().startsWith(ChannelEdit.KEY))
                .toList();
    }

    List<String> of(String device) {
        return settings(device).stream().map(ChannelNames::name).toList();
    }

    static String name(EffectiveSetting setting) {
        return setting.key().substring(ChannelEdit.KEY.length());
    }

    /** What to say of a channel that the device does not have; empty when it has it. */
    Optional<String> unknown(String device, String channel) {
        List<String> known = of(device);
        return known.contains(channel)
                ? Optional.empty()
                : Optional.of("device " + device + " has "
                        + Instances.none("channel", channel, known, "device:channel-list " + device + " shows them"));
    }
}
