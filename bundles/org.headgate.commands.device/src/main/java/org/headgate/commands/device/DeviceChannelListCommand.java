package org.headgate.commands.device;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.Devices;
import org.headgate.device.api.EffectiveSetting;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code device:channel-list}. */
@Component(service = ConsoleCommand.class)
public final class DeviceChannelListCommand implements ConsoleCommand {
    private final Devices devices;
    private final ChannelNames names;

    @Activate
    public DeviceChannelListCommand(@Reference Devices devices, @Reference Commissioning commissioning) {
        this.devices = devices;
        this.names = new ChannelNames(commissioning);
    }

    @Override
    public Signature signature() {
        return Signature.of("device:channel-list", "Lists a device's channels as they are defined, and who says so.")
                .words("DEVICE")
                .json()
                .more(
                        "FROM names who says something of the channel, the strongest first: the device's file, its profile, the "
                                + "driver. profile:show lists the channels of a profile.")
                .example("device:channel-list boiler", "Shows the channels that the simulated boiler has by itself.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? Found.names(devices) : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        String device = invocation.word(0, "DEVICE");
        invocation.atMost(1);
        if (devices.device(device).isEmpty()) {
            return Found.noDevice(invocation, devices, device);
        }
        List<EffectiveSetting> channels = names.settings(device);
        if (invocation.json()) {
            invocation
                    .out()
                    .println(Json.text(channels.stream()
                            .map(channel -> new Json()
                                    .put("name", ChannelNames.name(channel))
                                    .put("definition", channel.value())
                                    .put("from", Sources.words(channel)))
                            .toList()));
            return 0;
        }
        Table table = new Table("CHANNEL", "FROM", "DEFINITION");
        channels.forEach(channel -> table.row(
                        ChannelNames.name(channel), String.join(", ", Sources.words(channel)), channel.value())
                .explain());
        table.print(invocation.out());
        return 0;
    }
}
