package org.headgate.commands.driver;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.DriverRequest;
import org.headgate.device.api.DriverStatus.State;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code driver:remove}. */
@Component(service = ConsoleCommand.class)
public final class DriverRemoveCommand implements ConsoleCommand {
    private final DriverOperation operation;

    @Activate
    public DriverRemoveCommand(@Reference DriverOperation operation) {
        this.operation = operation;
    }

    @Override
    public Signature signature() {
        return DriverOperation.signature(
                        "driver:remove", "Uninstalls a driver; its devices wait until it comes back.", "NAME")
                .more("The version is kept: driver:rollback brings it back.")
                .example("driver:remove host", "The device host waits for its driver.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return operation.names(before, driver -> driver.state() != State.AVAILABLE);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        return operation.change(invocation, DriverRequest.Remove::new);
    }
}
