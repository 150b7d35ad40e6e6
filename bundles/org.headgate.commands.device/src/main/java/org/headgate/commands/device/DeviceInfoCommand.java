package org.headgate.commands.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.headgate.commands.kit.Cells;
import org.headgate.commands.kit.Facts;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.data.api.Row;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.Supervision;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code device:info}: one device on one page. */
@Component(service = ConsoleCommand.class)
public final class DeviceInfoCommand implements ConsoleCommand {
    private final Devices devices;
    private final Commissioning commissioning;
    private final StreamBus bus;
    private final Clock clock;

    @Activate
    public DeviceInfoCommand(
            @Reference Devices devices,
            @Reference Commissioning commissioning,
            @Reference StreamBus bus,
            @Reference Clock clock) {
        this.devices = devices;
        this.commissioning = commissioning;
        this.bus = bus;
        this.clock = clock;
    }

    @Override
    public Signature signature() {
        return Signature.of("device:info", "Shows a device's state, statistics, last values and settings.")
                .words("DEVICE")
                .json()
                .more(
                        "QUALITY is GOOD, UNCERTAIN (outside min and max, or doubtful), BAD (device:test says why) or ABSENT (not "
                                + "read at that time). FROM says where a setting comes from: the device's file, its profile, the "
                                + "driver, or Headgate's default.")
                .example("device:info boiler", "Shows all that is known of the simulated boiler.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? Found.names(devices) : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        String name = invocation.word(0, "DEVICE");
        invocation.atMost(1);
        Optional<DeviceStatus> device = devices.device(name);
        if (device.isEmpty()) {
            return Found.noDevice(invocation, devices, name);
        }
        if (invocation.json()) {
            invocation.out().println(json(device.get()));
        } else {
            print(invocation, device.get());
        }
        return 0;
    }

    private void print(Invocation invocation, DeviceStatus device) {
        Supervision supervision = device.supervision();
        line(
                invocation,
                "device",
                device.name() + (device.simulated() ? " (SIMULATED: nothing reaches the device)" : ""));
        line(invocation, "driver", device.driver());
        line(invocation, "address", orDash(device.address()));
        line(invocation, "bus", device.bus().isEmpty() ? "its own" : device.bus() + ", shared");
        line(invocation, "state", device.state().label() + " since " + Cells.time(device.sinceNanos()));
        if (!device.state().detail().isEmpty()) {
            line(invocation, "", device.state().detail());
        }
        line(invocation, "rows", String.valueOf(device.rows()));
        line(
                invocation,
                "connections",
                supervision.connections() + " opened, " + supervision.failures() + " failures, " + supervision.tries()
                        + " tries since the last answer");
        line(
                invocation,
                "last error",
                supervision.lastError().isEmpty()
                        ? "-"
                        : Cells.time(supervision.lastErrorNanos()) + " " + supervision.lastError());
        line(invocation, "next try", Cells.time(supervision.nextTryNanos()));
        line(invocation, "hung calls", String.valueOf(supervision.stuck()));
        Table table = new Table("CHANNEL", "SOURCE", "TYPE", "ACCESS", "VALUE>", "UNIT", "QUALITY", "AGE>");
        for (Channel channel : device.channels()) {
            Optional<Row> last = last(device, channel);
            int column = last.map(row -> row.schema().indexOf(channel.name())).orElse(-1);
            table.row(
                    channel.name(),
                    channel.source(),
                    channel.type(),
                    channel.access().label(),
                    column < 0 ? "" : Cells.value(last.get(), column),
                    channel.unit(),
                    column < 0 ? "" : last.get().quality(column),
                    column < 0 ? "" : age(last.get()));
        }
        table.print(invocation.out());
        Table settings = new Table("SETTING", "FROM", "VALUE");
        commissioning
                .settings(device.name())
                .forEach(setting -> settings.row(
                                setting.key(), String.join(", ", Sources.words(setting)), Sources.value(setting))
                        .explain());
        invocation.out().println();
        settings.print(invocation.out());
    }

    private Json json(DeviceStatus device) {
        List<Json> settings = commissioning.settings(device.name()).stream()
                .map(setting -> new Json()
                        .put("key", setting.key())
                        .put("value", Sources.value(setting))
                        .put("from", Sources.words(setting)))
                .toList();
        Supervision supervision = device.supervision();
        List<Json> channels = new ArrayList<>();
        for (Channel channel : device.channels()) {
            Optional<Row> last = last(device, channel);
            channels.add(new Json()
                    .put("name", channel.name())
                    .put("source", channel.source())
                    .put("type", channel.type())
                    .put("unit", channel.unit())
                    .put("access", channel.access().label())
                    .put("value", last.map(row -> value(row, channel.name())))
                    .put("quality", last.map(row -> quality(row, channel.name())))
                    .put("time", last.map(row -> row.timeNanos() / 1_000_000)));
        }
        return new Json()
                .put("name", device.name())
                .put("driver", device.driver())
                .put("address", device.address())
                .put("bus", device.bus())
                .put("simulated", device.simulated())
                .put("state", device.state().label())
                .put("detail", device.state().detail())
                .put("since", device.sinceNanos() / 1_000_000)
                .put("rows", device.rows())
                .put("connections", supervision.connections())
                .put("failures", supervision.failures())
                .put("tries", supervision.tries())
                .put("lastError", supervision.lastError())
                .put("lastErrorTime", supervision.lastErrorNanos() / 1_000_000)
                .put("nextTry", supervision.nextTryNanos() / 1_000_000)
                .put("hungCalls", supervision.stuck())
                .put("channels", channels)
                .put("settings", settings);
    }

    /** A channel that was never there shows as it is in the last row: ABSENT. */
    private Optional<Row> last(DeviceStatus device, Channel channel) {
        return commissioning.last(device.name(), channel.name()).or(() -> bus.last(device.name()));
    }

    private static Object value(Row row, String channel) {
        int column = row.schema().indexOf(channel);
        return column < 0 ? null : row.object(column);
    }

    private static String quality(Row row, String channel) {
        int column = row.schema().indexOf(channel);
        return column < 0 ? null : row.quality(column).name();
    }

    private String age(Row row) {
        return String.format(Locale.ROOT, "%.1f s", (clock.epochNanos() - row.timeNanos()) / 1e9);
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private static void line(Invocation invocation, String key, String value) {
        new Facts(invocation.out()).line(key, value);
    }
}
