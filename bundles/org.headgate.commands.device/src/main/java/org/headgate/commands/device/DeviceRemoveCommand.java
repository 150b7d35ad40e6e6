package org.headgate.commands.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private static final String YES = "--yes";

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
        return Signature.of("device:remove", "Removes a device with its file.")
                .words("DEVICE")
                .flag(YES, "does not ask")
                .json()
                .more(
                        "Outputs with a safe value get it first. A person is asked and told who reads the device's stream; "
                                + "gateway:rollback brings the file back.")
                .example("device:remove spare", "Removes a device that nobody reads.")
                .example("device:remove boiler --yes", "Removes one although rules read it, without a question.");
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
        List<String> reading = readers.of(device);
        String who = reading.isEmpty() ? "nobody reads its stream" : String.join(", ", reading) + " read its stream";
        if (!invocation.flag(YES)) {
            Optional<Boolean> sure = invocation.confirm("remove " + device + "? " + who);
            if (sure.isPresent() && !sure.get()) {
                return invocation.fail(device + " stays: nothing was changed");
            }
        }
        List<String> done = new ArrayList<>(List.of(device + " is removed"));
        if (!reading.isEmpty()) {
            done.add(String.join(", ", reading) + " now wait for its stream");
        }
        return files.remove(invocation, device, String.join("; ", done));
    }
}
