package org.headgate.commands.device;

import java.util.List;
import java.util.Optional;
import org.headgate.commands.kit.Instances;
import org.headgate.commands.kit.RowWatch;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.data.api.Column;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.device.api.Devices;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code device:watch}. */
@Component(service = ConsoleCommand.class)
public final class DeviceWatchCommand implements ConsoleCommand {
    private final Devices devices;
    private final RowWatch watch;

    @Activate
    public DeviceWatchCommand(@Reference Devices devices, @Reference StreamBus bus, @Reference Clock clock) {
        this.devices = devices;
        this.watch = new RowWatch(bus, clock);
    }

    @Override
    public Signature signature() {
        return RowWatch.options(Signature.of("device:watch", "Shows a device's values as they come.")
                        .words("DEVICE [CHANNEL...]"))
                .more("Shows rows of the device's stream until it is ended by Ctrl-C, --count or --for. A doubtful"
                        + " value has a question mark, one that could not be read is BAD.")
                .example("device:watch boiler temperature --count 1", "Shows the next temperature.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? Found.names(devices) : Found.channels(devices, before.get(0));
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String device = invocation.word(0, "DEVICE");
        List<String> channels = invocation.words().subList(1, invocation.words().size());
        if (devices.device(device).isEmpty()) {
            return Found.noDevice(invocation, devices, device);
        }
        List<String> known = Found.channels(devices, device);
        for (String channel : channels) {
            // While nothing is known of its channels, any may come.
            if (!known.isEmpty() && !known.contains(channel)) {
                return invocation.fail("device " + device + " has "
                        + Instances.none("channel", channel, known, "device:channel-list " + device + " shows them"));
            }
        }
        devices.device(device)
                .filter(status -> Standing.isSilent(status.state()))
                .ifPresent(status -> invocation.fail(Standing.line(device, Optional.of(status))));
        return channels.isEmpty()
                ? watch.run(invocation, List.of(device))
                : watch.run(invocation, List.of(device), row -> only(row, channels));
    }

    /** The row with some of its columns; empty where it has none of them. */
    static Optional<Row> only(Row row, List<String> channels) {
        List<Column> columns = row.schema().columns().stream()
                .filter(column -> channels.contains(column.name()))
                .toList();
        RowBuilder some = Row.builder(Schema.of(columns));
        boolean any = false;
        for (int i = 0; i < columns.size(); i++) {
            int from = row.schema().indexOf(columns.get(i).name());
            any |= row.quality(from) != Quality.ABSENT;
            some.copy(i, row, from);
        }
        return any ? Optional.of(some.build(row.timeNanos(), row.clock())) : Optional.empty();
    }
}
