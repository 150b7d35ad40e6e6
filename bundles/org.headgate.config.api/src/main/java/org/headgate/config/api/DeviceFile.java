package org.headgate.config.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A device as its file says it, for whoever looks at what devices want and not at how they do.
 *
 * @param name the device's name
 * @param values the keys of its file
 */
public record DeviceFile(String name, Map<String, String> values) {
    /** The devices that are switched on, in the order of their files. */
    public static List<DeviceFile> enabled(Configurations configurations) {
        List<DeviceFile> devices = new ArrayList<>();
        for (String file : configurations.files()) {
            Map<String, String> values = configurations.values(file);
            if (Texts.flag(values.getOrDefault("enabled", "true")).orElse(true)) {
                FileName.of(file)
                        .filter(name -> name.kind().equals("device"))
                        .ifPresent(name -> devices.add(new DeviceFile(name.name(), values)));
            }
        }
        return devices;
    }

    /** Whether it is of a driver. */
    public boolean isOf(String driver) {
        return driver.equals(values.get("driver"));
    }

    /** Its address; empty where there is none. */
    public String address() {
        return values.getOrDefault("address", "");
    }
}
