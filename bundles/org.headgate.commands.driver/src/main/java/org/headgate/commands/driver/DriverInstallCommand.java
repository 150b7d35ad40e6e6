package org.headgate.commands.driver;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.DriverRequest.Purpose;
import org.headgate.device.api.DriverStatus.State;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code driver:install}. */
@Component(service = ConsoleCommand.class)
public final class DriverInstallCommand implements ConsoleCommand {
    private final DriverOperation operation;

    @Activate
    public DriverInstallCommand(@Reference DriverOperation operation) {
        this.operation = operation;
    }

    @Override
    public Signature signature() {
        return DriverOperation.signature(
                        "driver:install",
                        "Installs a driver: one of the distribution by its name, or a file in HOME/files.",
                        "NAME|FILE")
                .more(
                        "Devices that wait for the driver come up by themselves. What is installed stands in headgate.gateway.cfg, and"
                                + " outlives a restart. A file is a bundle (.jar) or an archive with one feature (.kar).")
                .example("driver:install simulator", "Nothing to do: the simulator runs.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return operation.names(before, driver -> driver.state() == State.AVAILABLE);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        return operation.install(invocation, Purpose.INSTALL);
    }
}
