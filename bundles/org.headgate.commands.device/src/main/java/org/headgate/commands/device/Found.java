package org.headgate.commands.device;

import java.util.List;
import org.headgate.commands.kit.Instances;
import org.headgate.console.api.Invocation;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;

/** Finds devices by what was typed, and says what may have been meant. */
final class Found {
    private Found() {}

    /** The names of all devices. */
    static List<String> names(Devices devices) {
        return devices.list().stream().map(DeviceStatus::name).toList();
    }

    /** The channels of a device; none where it is not there, or its driver is not. */
    static List<String> channels(Devices devices, String device) {
        return devices.device(device).stream()
                .flatMap(found -> found.channels().stream())
                .map(Channel::name)
                .toList();
    }

    /** Says that there is no such device, and what may have been meant; returns the exit status. */
    static int noDevice(Invocation invocation, Devices devices, String name) {
        return invocation.fail(Instances.none("device", name, names(devices), "device:list shows them"));
    }
}
