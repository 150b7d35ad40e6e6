package org.headgate.commands.driver;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.Devices;
import org.headgate.device.api.DriverStatus;
import org.headgate.device.api.Drivers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code driver:list}. */
@Component(service = ConsoleCommand.class)
public final class DriverListCommand implements ConsoleCommand {
    private final Drivers drivers;
    private final Devices devices;

    @Activate
    public DriverListCommand(@Reference Drivers drivers, @Reference Devices devices) {
        this.drivers = drivers;
        this.devices = devices;
    }

    @Override
    public Signature signature() {
        return Signature.of(
                        "driver:list", "Lists the drivers: what runs, what could be had, what a rollback would bring.")
                .json()
                .more(
                        "STATE: RUNNING; FAILED, installed but of no use; MISSING, wanted but not there; AVAILABLE, part of the distribution."
                                + " PREVIOUS is what driver:rollback would bring.")
                .example("driver:list", "Shows all drivers.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        List<DriverStatus> all = drivers.list();
        if (invocation.json()) {
            invocation.out().println(Json.text(all.stream().map(this::json).toList()));
            return 0;
        }
        Table table = new Table("NAME", "VERSION", "STATE", "DEVICES>", "PREVIOUS", "FROM", "DETAIL");
        for (DriverStatus driver : all) {
            table.row(
                            driver.name(),
                            driver.version(),
                            driver.state(),
                            DriverOperation.devices(devices, driver.name()),
                            driver.previous(),
                            driver.origin(),
                            driver.detail())
                    .explain();
        }
        table.print(invocation.out());
        drivers.warnings().forEach(warning -> invocation.out().println("warning: " + warning));
        return 0;
    }

    private Json json(DriverStatus driver) {
        return new Json()
                .put("name", driver.name())
                .put("version", driver.version())
                .put("state", driver.state())
                .put("devices", DriverOperation.devices(devices, driver.name()))
                .put("previous", driver.previous())
                .put("from", driver.origin())
                .put("detail", driver.detail());
    }
}
