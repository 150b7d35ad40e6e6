package org.headgate.commands.device;

import java.util.List;
import org.headgate.commands.kit.Assignments;
import org.headgate.commands.kit.Edits;
import org.headgate.config.api.Configurations;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.Devices;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code device:set}. */
@Component(service = ConsoleCommand.class)
public final class DeviceSetCommand implements ConsoleCommand {
    private final Configurations configurations;
    private final Commissioning commissioning;
    private final DeviceFiles files;

    @Activate
    public DeviceSetCommand(
            @Reference Configurations configurations,
            @Reference Devices devices,
            @Reference Commissioning commissioning,
            @Reference Scheduler scheduler) {
        this.configurations = configurations;
        this.commissioning = commissioning;
        this.files = new DeviceFiles(configurations, devices, scheduler);
    }

    @Override
    public Signature signature() {
        return Signature.of("device:set", "Changes settings of a device; KEY= alone takes one out.")
                .words("DEVICE KEY=VALUE...")
                .json()
                .more("The device starts anew with them; other devices do not notice. What is taken out comes from the "
                        + "profile, the driver or Headgate's default again: device:info shows which.")
                .example("device:set boiler poll=250ms noise=0.5", "Reads four times a second, with more noise.")
                .example("device:set boiler seed=", "Takes the driver's own seed again.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? files.instances().names() : Keys.of(configurations, commissioning, before.get(0));
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String device = invocation.word(0, "DEVICE");
        invocation.word(1, "KEY=VALUE");
        List<String> words = invocation.words().subList(1, invocation.words().size());
        if (!files.instances().exists(device)) {
            return files.instances().unknown(invocation, device);
        }
        return files.make(
                invocation,
                Edits.of(invocation).keys(DeviceFiles.file(device), Assignments.of(words)),
                device,
                device + " is changed");
    }
}
