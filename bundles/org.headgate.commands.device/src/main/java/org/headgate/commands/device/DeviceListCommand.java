package org.headgate.commands.device;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code device:list}. */
@Component(service = ConsoleCommand.class)
public final class DeviceListCommand implements ConsoleCommand {
    private final Devices devices;

    @Activate
    public DeviceListCommand(@Reference Devices devices) {
        this.devices = devices;
    }

    @Override
    public Signature signature() {
        return Signature.of("device:list", "Lists the devices and where they stand.")
                .json()
                .example("device:list", "Shows every device with its state, and why it is not ONLINE.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        List<DeviceStatus> all = devices.list();
        if (invocation.json()) {
            invocation
                    .out()
                    .println(Json.text(all.stream().map(DeviceListCommand::json).toList()));
            return 0;
        }
        Table table = new Table("NAME", "DRIVER", "ADDRESS", "STATE", "ROWS>", "DETAIL");
        for (DeviceStatus device : all) {
            table.row(
                            device.name(),
                            device.driver(),
                            device.address(),
                            device.state().label(),
                            device.rows(),
                            detail(device))
                    .explain();
        }
        table.print(invocation.out());
        return 0;
    }

    /** That a value is not the field's is the first thing to know. */
    private static String detail(DeviceStatus device) {
        String detail = device.state().detail();
        return device.simulated() ? "SIMULATED" + (detail.isEmpty() ? "" : ": " + detail) : detail;
    }

    private static Json json(DeviceStatus device) {
        return new Json()
                .put("name", device.name())
                .put("driver", device.driver())
                .put("address", device.address())
                .put("state", device.state().label())
                .put("detail", device.state().detail())
                .put("simulated", device.simulated())
                .put("since", device.sinceNanos() / 1_000_000)
                .put("rows", device.rows())
                .put("tries", device.supervision().tries())
                .put("lastError", device.supervision().lastError());
    }
}
