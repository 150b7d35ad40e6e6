package org.headgate.commands.device;

import java.util.List;
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

/** {@code device:channel-add}. */
@Component(service = ConsoleCommand.class)
public final class DeviceChannelAddCommand implements ConsoleCommand {
    private final Commissioning commissioning;
    private final DeviceFiles files;

    @Activate
    public DeviceChannelAddCommand(
            @Reference Configurations configurations,
            @Reference Devices devices,
            @Reference Commissioning commissioning,
            @Reference Scheduler scheduler) {
        this.commissioning = commissioning;
        this.files = new DeviceFiles(configurations, devices, scheduler);
    }

    @Override
    public Signature signature() {
        return Signature.of("device:channel-add", "Adds a channel to a device's file.")
                .words("DEVICE CHANNEL SOURCE [TYPE] [OPTION=VALUE...]")
                .json()
                .more("SOURCE is where the driver finds the value: holding/100, temperature. TYPE is bool, int8 to"
                        + " int64, uint8 to uint64, bcd16, bcd32, float, double, string or bytes. Headgate's own options are"
                        + " unit, access (r, w, rw), scale, offset, mask, shift, min, max, report (always,"
                        + " change), deadband, every, poll and safe; others are the driver's.")
                .example(
                        "device:channel-add boiler hot temperature unit=Cel max=90",
                        "Reads the temperature under another name.")
                .example(
                        "device:channel-add boiler pressure_pa pressure scale=100000 unit=Pa",
                        "Reads the pressure in another unit.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return switch (before.size()) {
            case 0 -> files.instances().names();
            case 1, 2 -> List.of();
            default -> Keys.ofChannel();
        };
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String device = invocation.word(0, "DEVICE");
        String channel = ChannelEdit.name(invocation.word(1, "CHANNEL"));
        invocation.word(2, "SOURCE");
        String text = String.join(
                " ", invocation.words().subList(2, invocation.words().size()));
        if (!files.instances().exists(device)) {
            return files.instances().unknown(invocation, device);
        }
        String key = ChannelEdit.KEY + channel;
        if (commissioning.settings(device).stream()
                .anyMatch(setting -> setting.key().equals(key))) {
            return invocation.fail(
                    "device " + device + " has a channel " + channel + " already; device:channel-set changes it");
        }
        return files.make(
                invocation,
                Edits.of(invocation)
                        .set(
                                DeviceFiles.file(device),
                                key,
                                ChannelEdit.parse(channel, text).text()),
                device,
                device + "/" + channel + " is added");
    }
}
