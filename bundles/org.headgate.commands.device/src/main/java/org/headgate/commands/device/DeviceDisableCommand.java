package org.headgate.commands.device;

import java.util.List;
import org.headgate.commands.kit.Edits;
import org.headgate.config.api.Configurations;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.Devices;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code device:disable}. */
@Component(service = ConsoleCommand.class)
public final class DeviceDisableCommand implements ConsoleCommand {
    private static final String KEY = "enabled";

    private final DeviceFiles files;

    @Activate
    public DeviceDisableCommand(
            @Reference Configurations configurations, @Reference Devices devices, @Reference Scheduler scheduler) {
        files = new DeviceFiles(configurations, devices, scheduler);
    }

    @Override
    public Signature signature() {
        return Signature.of(
                        "device:disable", "Switches a device off: its connection is closed, its configuration stays.")
                .words("DEVICE")
                .json()
                .more("Outputs with a safe value get it first. Its stream has no rows until device:enable.")
                .example("device:disable boiler", "Closes the boiler until it is enabled again.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? files.names() : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String device = invocation.word(0, "DEVICE");
        invocation.atMost(1);
        if (!files.exists(device)) {
            return files.none(invocation, device);
        }
        String file = DeviceFiles.file(device);
        return files.make(
                invocation, Edits.of(invocation).set(file, KEY, "false"), device, device + " is switched off");
    }
}
