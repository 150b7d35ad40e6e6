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

/** {@code device:enable}. */
@Component(service = ConsoleCommand.class)
public final class DeviceEnableCommand implements ConsoleCommand {
    private static final String KEY = "enabled";

    private final DeviceFiles files;

    @Activate
    public DeviceEnableCommand(
            @Reference Configurations configurations, @Reference Devices devices, @Reference Scheduler scheduler) {
        files = new DeviceFiles(configurations, devices, scheduler);
    }

    @Override
    public Signature signature() {
        return Signature.of("device:enable", "Switches a device on.")
                .words("DEVICE")
                .json()
                .more("Takes enabled = false out of its file.")
                .example("device:enable spare", "Opens a device that was configured for later.");
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
        return files.make(invocation, Edits.of(invocation).unset(file, KEY), device, device + " is switched on");
    }
}
