package org.headgate.commands.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.headgate.commands.kit.Readers;
import org.headgate.config.api.Configurations;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.Rules;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code stream:list}. */
@Component(service = ConsoleCommand.class)
public final class StreamListCommand implements ConsoleCommand {
    private final StreamBus bus;
    private final Devices devices;
    private final Rules rules;
    private final Readers readers;
    private final Clock clock;

    @Activate
    public StreamListCommand(
            @Reference StreamBus bus,
            @Reference Devices devices,
            @Reference Rules rules,
            @Reference Configurations configurations,
            @Reference Clock clock) {
        this.bus = bus;
        this.devices = devices;
        this.rules = rules;
        readers = new Readers(configurations);
        this.clock = clock;
    }

    @Override
    public Signature signature() {
        return Signature.of("stream:list", "Lists the streams: who fills them, who reads them, what is in them.")
                .json()
                .more("ROWS counts since the start; AGE is that of the last row; COLUMNS are those of the last row,"
                        + " with their units. stream:watch NAME shows the rows themselves.")
                .example("stream:list", "Shows all streams.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        Map<String, Long> ofDevices =
                devices.list().stream().collect(Collectors.toMap(DeviceStatus::name, DeviceStatus::rows, Long::sum));
        Map<String, Long> ofRules =
                rules.list().stream().collect(Collectors.toMap(RuleStatus::name, RuleStatus::out, Long::sum));
        Map<String, List<String>> reading = readers.of(bus.streams());
        List<Listed> all = reading.keySet().stream()
                .map(stream -> new Listed(
                        stream,
                        ofDevices.containsKey(stream) ? "device" : ofRules.containsKey(stream) ? "rule" : "gateway",
                        Optional.ofNullable(ofDevices.getOrDefault(stream, ofRules.get(stream))),
                        bus.last(stream),
                        reading.get(stream)))
                .toList();
        if (invocation.json()) {
            invocation.out().println(Json.text(all.stream().map(Listed::json).toList()));
            return 0;
        }
        Table table = new Table("NAME", "BY", "ROWS>", "AGE>", "READERS", "COLUMNS");
        for (Listed stream : all) {
            table.row(
                    stream.name,
                    stream.producer,
                    stream.rows.map(String::valueOf).orElse("-"),
                    stream.last.map(this::age).orElse("-"),
                    String.join(" ", stream.readers),
                    stream.columns());
        }
        table.print(invocation.out());
        return 0;
    }

    private String age(Row row) {
        double seconds = (clock.epochNanos() - row.timeNanos()) / 1e9;
        return seconds < 600
                ? String.format(Locale.ROOT, "%.1f s", Math.max(0, seconds))
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    /** A stream and what is known of it. */
    private record Listed(String name, String producer, Optional<Long> rows, Optional<Row> last, List<String> readers) {
        private List<Column> all() {
            return last.map(row -> row.schema().columns()).orElse(List.of());
        }

        String columns() {
            return all().stream()
                    .map(column -> column.unit().isEmpty() ? column.name() : column.name() + " " + column.unit())
                    .collect(Collectors.joining(", "));
        }

        Json json() {
            List<Json> columns = all().stream()
                    .map(column -> new Json()
                            .put("name", column.name())
                            .put("type", column.type())
                            .put("unit", column.unit()))
                    .toList();
            return new Json()
                    .put("name", name)
                    .put("by", producer)
                    .put("rows", rows)
                    .put("last", last.map(row -> row.timeNanos() / 1_000_000))
                    .put("readers", readers)
                    .put("columns", columns);
        }
    }
}
