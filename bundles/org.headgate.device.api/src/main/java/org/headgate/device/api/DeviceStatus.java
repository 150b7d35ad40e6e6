package org.headgate.device.api;

import java.util.List;

/**
 * A device as the console shows it.
 *
 * @param name the device's name
 * @param driver its driver's name
 * @param address its address
 * @param state where it stands
 * @param sinceNanos since when, in nanoseconds since the epoch
 * @param channels its channels, configured ones and the driver's own; empty while they are unknown
 * @param rows rows published since the start of the process
 * @param tries connections tried since it was last ONLINE
 * @param lastError the last failure, empty when there was none
 */
public record DeviceStatus(
        String name,
        String driver,
        String address,
        DeviceState state,
        long sinceNanos,
        List<Channel> channels,
        long rows,
        int tries,
        String lastError) {}
