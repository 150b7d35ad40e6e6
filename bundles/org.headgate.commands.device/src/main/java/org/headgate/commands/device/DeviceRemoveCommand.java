package org.headgate.commands.device;

import java.util.List;
import org.headgate.commands.kit.Readers;
import org.headgate.commands.kit.Removal;
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

/** {@code device:remove}. */
@Component(service = ConsoleCommand.class)
public final class DeviceRemoveCommand implements ConsoleCommand {
    private final Readers readers;
    private final DeviceFiles files;

    @Activate
    public DeviceRemoveCommand(
            @Reference Configurations configurations, @Reference Devices devices, @Reference Scheduler scheduler) {
        readers = new Readers(configurations);
        files = new DeviceFiles(configurations, devices, scheduler);
    }

    @Override
    public Signature signature() {
        return Removal.option(
                        Signature.of("device:remove", "Removes a device with its file; asks when its stream is read.")
                                .words("DEVICE"))
                .json()
                .more("Outputs with a safe value get it first. Whoever reads its stream is named, and waits for it;"
                        + " where nobody can be asked, --yes is wanted then. gateway:rollback brings the file"
                        + " back.")
                .example("device:remove spare", "Removes a device that nobody reads.")
                .example("device:remove boiler --yes", "Removes one although rules read it, without a question.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? files.instances().names() : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String device = invocation.word(0, "DEVICE");
        invocation.atMost(1);
        if (!files.instances().exists(device)) {
            return files.instances().unknown(invocation, device);
        }
        if (!Removal.isAgreed(invocation, "device " + device, readers.use(device))) {
            return 1;
        }
        List<String> reading = readers.of(device);
        String waiting = reading.isEmpty()
                ? ""
                : "; " + String.join(", ", reading)
                        + (reading.size() == 1 ? " now waits for its stream" : " now wait for its stream");
        return files.remove(invocation, device, device + " is removed" + waiting);
    }
}
