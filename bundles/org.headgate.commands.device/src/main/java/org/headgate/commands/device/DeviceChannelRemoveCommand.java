package org.headgate.commands.device;

import java.util.List;
import java.util.Optional;
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

/** {@code device:channel-remove}. */
@Component(service = ConsoleCommand.class)
public final class DeviceChannelRemoveCommand implements ConsoleCommand {
    private final ChannelNames names;
    private final DeviceFiles files;

    @Activate
    public DeviceChannelRemoveCommand(
            @Reference Configurations configurations,
            @Reference Devices devices,
            @Reference Commissioning commissioning,
            @Reference Scheduler scheduler) {
        this.names = new ChannelNames(commissioning);
        this.files = new DeviceFiles(configurations, devices, scheduler);
    }

    @Override
    public Signature signature() {
        return Signature.of("device:channel-remove", "Takes a channel out of a device's file.")
                .words("DEVICE CHANNEL")
                .json()
                .more("What the profile or the driver says of a channel of that name counts again. A channel that"
                        + " only they have cannot be removed here.")
                .example(
                        "device:channel-remove spare extra",
                        "Removes the channel extra; the device goes on with the others.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return switch (before.size()) {
            case 0 -> files.instances().names();
            case 1 ->
                files.values(before.get(0)).keySet().stream()
                        .filter(key -> key.startsWith(ChannelEdit.KEY))
                        .map(key -> key.substring(ChannelEdit.KEY.length()))
                        .toList();
            default -> List.of();
        };
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String device = invocation.word(0, "DEVICE");
        String channel = invocation.word(1, "CHANNEL");
        invocation.atMost(2);
        if (!files.instances().exists(device)) {
            return files.instances().unknown(invocation, device);
        }
        String key = ChannelEdit.KEY + channel;
        if (!files.values(device).containsKey(key)) {
            Optional<String> unknown = names.unknown(device, channel);
            return invocation.fail(unknown.orElse("its file does not say " + channel
                    + ", its profile or driver does: device:channel-list " + device));
        }
        return files.make(
                invocation,
                Edits.of(invocation).unset(DeviceFiles.file(device), key),
                device,
                device + "/" + channel + " is taken out of its file");
    }
}
