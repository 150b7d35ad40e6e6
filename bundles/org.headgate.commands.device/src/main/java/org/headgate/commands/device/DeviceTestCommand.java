package org.headgate.commands.device;

import java.time.Duration;
import java.util.List;
import org.headgate.commands.kit.Cells;
import org.headgate.commands.kit.RowJson;
import org.headgate.console.api.Answer;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.data.api.Row;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.Devices;
import org.headgate.device.api.Trial;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code device:test}. */
@Component(service = ConsoleCommand.class)
public final class DeviceTestCommand implements ConsoleCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Devices devices;
    private final Commissioning commissioning;

    @Activate
    public DeviceTestCommand(@Reference Devices devices, @Reference Commissioning commissioning) {
        this.devices = devices;
        this.commissioning = commissioning;
    }

    @Override
    public Signature signature() {
        return Signature.of(
                        "device:test", "Opens a device, reads it once, and says how long that took or why it failed.")
                .words("DEVICE")
                .json()
                .more("A device that runs is closed for it and goes on with the new connection; its outputs stay as"
                        + " they are. One that is switched off is closed again.")
                .example("device:test boiler", "Opens the boiler anew and reads it.")
                .example("device:test spare", "Tries a device before it is switched on.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? Found.names(devices) : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String device = invocation.word(0, "DEVICE");
        invocation.atMost(1);
        if (devices.device(device).isEmpty()) {
            return Found.noDevice(invocation, devices, device);
        }
        Answer<Trial> answer = invocation.await(commissioning.test(device), PATIENCE, "testing " + device);
        if (answer.failure().isPresent()) {
            return invocation.fail(answer.failure().get());
        }
        Trial trial = answer.value().orElseThrow();
        if (invocation.json()) {
            invocation.out().println(json(device, trial));
            return trial.isAnswered() ? 0 : 1;
        }
        if (!trial.isAnswered()) {
            return invocation.fail(device + ": " + trial.failure() + " (after "
                    + Cells.millis(trial.open().plus(trial.read())) + ")");
        }
        invocation.out().println("opened in " + Cells.millis(trial.open()) + ", read in " + Cells.millis(trial.read()));
        trial.row().ifPresent(row -> print(invocation, row, trial));
        return 0;
    }

    private static void print(Invocation invocation, Row row, Trial trial) {
        Table table = new Table("CHANNEL", "VALUE>", "UNIT", "QUALITY", "WHY");
        for (int i = 0; i < row.schema().size(); i++) {
            String channel = row.schema().column(i).name();
            table.row(
                            channel,
                            Cells.value(row, i),
                            row.schema().column(i).unit(),
                            row.quality(i),
                            trial.bad().getOrDefault(channel, ""))
                    .explain();
        }
        table.print(invocation.out());
    }

    private static Json json(String device, Trial trial) {
        return new Json()
                .put("device", device)
                .put("answered", trial.isAnswered())
                .put("failure", trial.failure())
                .put("openMs", trial.open().toNanos() / 1e6)
                .put("readMs", trial.read().toNanos() / 1e6)
                .put("row", trial.row().map(row -> RowJson.of(device, row)))
                .put("bad", trial.bad());
    }
}
