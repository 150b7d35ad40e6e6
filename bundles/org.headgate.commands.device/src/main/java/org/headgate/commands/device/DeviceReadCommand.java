package org.headgate.commands.device;

import java.time.Duration;
import java.util.List;
import org.headgate.commands.kit.Cells;
import org.headgate.commands.kit.RowJson;
import org.headgate.console.api.Answer;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.data.api.Row;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.Devices;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code device:read}. */
@Component(service = ConsoleCommand.class)
public final class DeviceReadCommand implements ConsoleCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Devices devices;
    private final Commissioning commissioning;

    @Activate
    public DeviceReadCommand(@Reference Devices devices, @Reference Commissioning commissioning) {
        this.devices = devices;
        this.commissioning = commissioning;
    }

    @Override
    public Signature signature() {
        return Signature.of("device:read", "Reads a device now, beside its polls.")
                .words("DEVICE [CHANNEL...]")
                .json()
                .more("What is read goes to whoever types, and not into the device's stream.")
                .example("device:read boiler", "Reads all channels of the boiler.")
                .example("device:read boiler temperature pressure --json", "Reads two of them, for a script.");
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
        Answer<Row> answer = invocation.await(commissioning.read(device, channels), PATIENCE, "asking " + device);
        if (answer.failure().isPresent()) {
            return invocation.fail(answer.failure().get());
        }
        Row row = answer.value().orElseThrow();
        if (invocation.json()) {
            invocation.out().println(RowJson.of(device, row));
            return 0;
        }
        Table table = new Table("CHANNEL", "VALUE>", "UNIT", "QUALITY");
        for (int i = 0; i < row.schema().size(); i++) {
            if (channels.isEmpty() || channels.contains(row.schema().column(i).name())) {
                table.row(
                        row.schema().column(i).name(),
                        Cells.value(row, i),
                        row.schema().column(i).unit(),
                        row.quality(i));
            }
        }
        table.print(invocation.out());
        return 0;
    }
}
