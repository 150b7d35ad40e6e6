package org.headgate.commands.device;

import java.util.List;
import java.util.Map;
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

/** {@code device:channel-set}. */
@Component(service = ConsoleCommand.class)
public final class DeviceChannelSetCommand implements ConsoleCommand {
    private final ChannelNames names;
    private final DeviceFiles files;

    @Activate
    public DeviceChannelSetCommand(
            @Reference Configurations configurations,
            @Reference Devices devices,
            @Reference Commissioning commissioning,
            @Reference Scheduler scheduler) {
        this.names = new ChannelNames(commissioning);
        this.files = new DeviceFiles(configurations, devices, scheduler);
    }

    @Override
    public Signature signature() {
        return Signature.of(
                        "device:channel-set", "Changes options of a channel in a device's file; OPTION= takes one out.")
                .words("DEVICE CHANNEL OPTION=VALUE...")
                .json()
                .more("source= and type= count among the options. What is not said stays what the file, the profile"
                        + " or the driver says; device:channel-list shows who says what.")
                .example(
                        "device:channel-set boiler temperature report=change deadband=0.5",
                        "Reports the temperature when it has moved by half a degree.")
                .example("device:channel-set boiler setpoint max=80", "Refuses set points above 80.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return switch (before.size()) {
            case 0 -> files.instances().names();
            case 1 -> names.of(before.get(0));
            default -> Keys.ofChannel();
        };
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String device = invocation.word(0, "DEVICE");
        String channel = invocation.word(1, "CHANNEL");
        invocation.word(2, "OPTION=VALUE");
        if (!files.instances().exists(device)) {
            return files.instances().unknown(invocation, device);
        }
        Optional<String> unknown = names.unknown(device, channel);
        if (unknown.isPresent()) {
            return invocation.fail(unknown.get());
        }
        String key = ChannelEdit.KEY + channel;
        Optional<String> old = Optional.ofNullable(files.values(device).get(key));
        Optional<String> text = ChannelEdit.changed(
                channel, old, invocation.words().subList(2, invocation.words().size()));
        return files.make(
                invocation,
                Edits.of(invocation).keys(DeviceFiles.file(device), Map.of(key, text)),
                device,
                device + "/" + channel + " is changed");
    }
}
