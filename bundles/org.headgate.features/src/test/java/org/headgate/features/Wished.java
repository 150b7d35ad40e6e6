package org.headgate.features;

import org.headgate.config.api.FileName;
import org.headgate.config.api.kit.MemoryConfigurations;

/** The one key of {@code headgate.gateway.cfg} that matters here. */
final class Wished {
    private Wished() {}

    /** A gateway that wants these drivers; null for one that says nothing of them. */
    static MemoryConfigurations configurations(String drivers) {
        MemoryConfigurations configurations = new MemoryConfigurations();
        drivers(configurations, drivers);
        return configurations;
    }

    /** The wanted drivers as they are written; null where nothing is. */
    static String drivers(MemoryConfigurations configurations) {
        return configurations.value(FileName.GATEWAY, DriverChanges.KEY).orElse(null);
    }

    /** Writes the wanted drivers. */
    static void drivers(MemoryConfigurations configurations, String drivers) {
        configurations.put(FileName.GATEWAY, DriverChanges.KEY, drivers);
    }
}
