package org.headgate.device.api;

import java.time.Duration;
import java.util.Map;

/**
 * A search for devices.
 *
 * @param driver the driver that searches
 * @param address where to look, in the driver's syntax: {@code i2c-1}, {@code opc.tcp://press:4840}; empty for wherever it can
 * @param patience how long one place may take
 * @param options settings that the search needs, with the keys of a device's file, for example a user
 */
public record Search(String driver, String address, Duration patience, Map<String, String> options) {
    public Search {
        options = Map.copyOf(options);
    }
}
