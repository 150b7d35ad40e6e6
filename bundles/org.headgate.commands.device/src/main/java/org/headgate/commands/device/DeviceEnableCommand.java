package org.headgate.commands.device;

import java.util.List;
import org.headgate.commands.kit.Switch;
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
    private final Switch switching;

    @Activate
    public DeviceEnableCommand(
            @Reference Configurations configurations, @Reference Devices devices, @Reference Scheduler scheduler) {
        switching = new DeviceFiles(configurations, devices, scheduler).switching();
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
        return switching.complete(before);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        return switching.run(invocation, true);
    }
}
