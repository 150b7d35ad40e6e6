package org.headgate.device.api;

import java.util.List;

/**
 * A device as the console shows it.
 *
 * @param name the device's name
 * @param driver its driver's name, as configured
 * @param address its address
 * @param bus the medium that it shares with others; empty where it has its own
 * @param state where it stands
 * @param sinceNanos since when, in nanoseconds since the epoch
 * @param channels its channels, configured ones and the driver's own; empty while they are unknown
 * @param rows rows published since the start of the process
 * @param supervision what it took to keep it running
 * @param simulated whether the simulator stands in for it: nothing reaches the device
 */
public record DeviceStatus(
        String name,
        String driver,
        String address,
        String bus,
        DeviceState state,
        long sinceNanos,
        List<Channel> channels,
        long rows,
        Supervision supervision,
        boolean simulated) {}
