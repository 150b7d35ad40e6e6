package org.headgate.commands.device;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.headgate.commands.kit.Edits;
import org.headgate.commands.kit.Instances;
import org.headgate.commands.kit.Switch;
import org.headgate.config.api.Applied;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.system.api.Scheduler;

/** The files of devices: changes them on behalf of a command, waits for what comes of it, and says it. */
final class DeviceFiles {
    private final Configurations configurations;
    private final Instances instances;
    private final Devices devices;
    private final Standing standing;

    DeviceFiles(Configurations configurations, Devices devices, Scheduler scheduler) {
        this.configurations = configurations;
        this.instances = new Instances(configurations, "device");
        this.devices = devices;
        this.standing = new Standing(devices, scheduler);
    }

    static String file(String device) {
        return FileName.of("device", device).file();
    }

    /** The devices' files. */
    Instances instances() {
        return instances;
    }

    /** What switches devices on and off. */
    Switch switching() {
        return new Switch(instances, this::make);
    }

    Map<String, String> values(String device) {
        return configurations.values(file(device));
    }

    /**
     * Makes a change and says where the device stands then.
     *
     * @param done what the user sees of the change: {@code boiler is configured}
     * @return the exit status
     */
    int make(Invocation invocation, Change change, String device, String done) throws InterruptedException {
        try {
            long before = standing.since(device);
            Applied applied = configurations.change(change);
            Optional<DeviceStatus> seen =
                    applied.isNothing() ? devices.device(device) : standing.await(invocation, device, before);
            if (invocation.json()) {
                Json json = Edits.json(applied).put("device", device);
                seen.ifPresent(status -> json.put("state", status.state().label())
                        .put("detail", status.state().detail())
                        .put("channels", status.channels().size()));
                invocation.out().println(json);
                return 0;
            }
            Edits.said(invocation, applied, done);
            invocation.out().println(Standing.line(device, seen));
            return 0;
        } catch (IOException refused) {
            return Edits.refused(invocation, refused);
        }
    }

    /** Deletes a device's file and waits until the device is gone. */
    int remove(Invocation invocation, String device, String done) throws InterruptedException {
        try {
            Applied applied = configurations.change(Edits.of(invocation).remove(file(device)));
            standing.awaitGone(invocation, device);
            return Edits.said(invocation, applied, done);
        } catch (IOException refused) {
            return Edits.refused(invocation, refused);
        }
    }

    Devices devices() {
        return devices;
    }
}
