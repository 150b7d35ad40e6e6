package org.headgate.payload.sparkplug;

import java.util.List;
import org.headgate.command.api.Commands;
import org.headgate.data.api.Column;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Scheduler;

/** What sessions find around them. */
record World(Clock clock, Scheduler scheduler, StreamBus bus, Devices devices, Commands commands) {
    /** Whether a stream gives current values: a device that answers, or a rule that is there. */
    boolean isUp(String stream) {
        return devices.device(stream)
                .map(DeviceStatus::state)
                .map(World::answers)
                .orElseGet(() -> bus.streams().contains(stream));
    }

    private static boolean answers(DeviceState state) {
        return state instanceof DeviceState.Online || state instanceof DeviceState.Degraded;
    }

    /** Now, in milliseconds since the epoch. */
    long millis() {
        return Math.floorDiv(clock.epochNanos(), 1_000_000);
    }

    /** What can be written to a device, and is in its births for that, though there may be no rows of it. */
    List<Column> writable(String device) {
        return devices.device(device).map(DeviceStatus::channels).orElse(List.of()).stream()
                .filter(channel -> channel.access().canWrite())
                .map(channel -> new Column(channel.name(), channel.type(), channel.unit()))
                .toList();
    }
}
