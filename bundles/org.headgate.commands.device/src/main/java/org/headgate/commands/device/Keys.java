package org.headgate.commands.device;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.EffectiveSetting;

/** Words that complete {@code KEY=VALUE}. */
final class Keys {
    private static final List<String> OF_DEVICES = List.of(
            "address=",
            "bus=",
            "channel.",
            "driver=",
            "enabled=true",
            "enabled=false",
            "poll=",
            "poll.offset=",
            "timeout=");
    private static final List<String> OF_CHANNELS = List.of(
            "access=r",
            "access=rw",
            "access=w",
            "deadband=",
            "every=",
            "mask=",
            "max=",
            "min=",
            "offset=",
            "poll=",
            "report=always",
            "report=change",
            "safe=",
            "scale=",
            "shift=",
            "source=",
            "type=",
            "unit=");

    private Keys() {}

    /** For a device that is not there yet. */
    static List<String> forNew(Configurations configurations) {
        return Stream.concat(
                        OF_DEVICES.stream().filter(key -> !key.equals("driver=") && !key.equals("address=")),
                        profiles(configurations))
                .toList();
    }

    /** For a device that is there: what it has, and what it could have. */
    static List<String> of(Configurations configurations, Commissioning commissioning, String device) {
        Set<String> keys = new LinkedHashSet<>(OF_DEVICES);
        commissioning.settings(device).stream().map(EffectiveSetting::key).forEach(key -> keys.add(key + "="));
        profiles(configurations).forEach(keys::add);
        return new ArrayList<>(keys);
    }

    /** The options of a channel that are the gateway's own. */
    static List<String> ofChannel() {
        return OF_CHANNELS;
    }

    private static Stream<String> profiles(Configurations configurations) {
        return configurations.files().stream()
                .flatMap(file -> FileName.of(file).stream())
                .filter(file -> file.kind().equals("profile"))
                .map(file -> "profile=" + file.name());
    }
}
