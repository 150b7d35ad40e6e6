package org.headgate.driver.opcua;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.commands.kit.Instances;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.EffectiveSetting;

/** The configured devices of this driver, for commands. */
record OpcUaDevices(Devices devices, Commissioning commissioning, Configurations configurations) {
    /** The key of a device's file that names the certificates that are trusted. */
    static final String TRUST = "trust";

    static final String TOLERATE = "tolerate";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    List<String> names() {
        return devices.list().stream()
                .filter(device -> device.driver().equals(OpcUaDriver.NAME))
                .map(DeviceStatus::name)
                .toList();
    }

    /** The file that a device is configured by. */
    String file(String device) {
        return new Instances(configurations, "device").file(device);
    }

    /** What a device's own file says of a key; empty where it says nothing. */
    String value(String device, String key) {
        return configurations.value(file(device), key).orElse("");
    }

    /**
     * The settings that count for a device, without its channels; a server gets more time from a person than from a poll.
     *
     * @throws IOException with one line for the user when there is no such device of ours
     */
    DeviceSettings settings(String device) throws IOException {
        Map<String, String> all = new HashMap<>();
        for (EffectiveSetting setting : commissioning.settings(device)) {
            all.putIfAbsent(setting.key(), setting.value());
        }
        if (!OpcUaDriver.NAME.equals(all.get("driver"))) {
            throw new IOException(
                    all.isEmpty()
                            ? Instances.none("device", device, names(), "device:list shows them")
                            : device + " is a device of the driver " + all.get("driver") + " (expected: one of "
                                    + OpcUaDriver.NAME + ")");
        }
        Map<String, String> own = new HashMap<>(all);
        own.keySet().retainAll(Security.DEFAULTS.keySet());
        own.values().removeIf(String::isEmpty);
        Duration timeout = Optional.ofNullable(all.get("timeout"))
                .flatMap(Texts::duration)
                .filter(given -> given.compareTo(TIMEOUT) > 0)
                .orElse(TIMEOUT);
        return new DeviceSettings(device, all.getOrDefault("address", ""), timeout, List.of(), own);
    }
}
