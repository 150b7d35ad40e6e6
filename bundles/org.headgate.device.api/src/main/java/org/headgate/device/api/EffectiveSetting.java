package org.headgate.device.api;

import java.util.List;

/**
 * A setting that counts for a device.
 *
 * @param key the key as it stands, or could stand, in the device's file
 * @param value its value, in the file's syntax
 * @param origins who says it, the strongest first: a channel may have its source from the profile and its unit from the driver
 */
public record EffectiveSetting(String key, String value, List<Origin> origins) {
    /** Who says it. */
    public enum Origin {
        /** The device's own file. */
        FILE,
        /** The device's profile. */
        PROFILE,
        /** The driver: a channel or a default of its own. */
        DRIVER,
        /** Headgate's own default. */
        DEFAULT
    }

    public EffectiveSetting {
        origins = List.copyOf(origins);
    }
}
