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

/** {@code driver:update}. */
@Component(service = ConsoleCommand.class)
public final class DriverUpdateCommand implements ConsoleCommand {
    private final DriverOperation operation;

    @Activate
    public DriverUpdateCommand(@Reference DriverOperation operation) {
        this.operation = operation;
    }

    @Override
    public Signature signature() {
        return DriverOperation.signature(
                        "driver:update",
                        "Replaces a driver by the version in a file in HOME/files, or by that of the distribution.",
                        "NAME|FILE")
                .more(
                        "Only the devices of this driver wait meanwhile. A version that does not come up is undone; driver:rollback brings the"
                                + " one before back.")
                .example("driver:update simulator", "Nothing to do: it is the distribution's version.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return operation.names(before, driver -> driver.state() != State.AVAILABLE);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        return operation.install(invocation, Purpose.UPDATE);
    }
}
