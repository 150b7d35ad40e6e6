package org.headgate.commands.driver;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.Devices;
import org.headgate.device.api.DriverRequest;
import org.headgate.device.api.DriverStatus.State;
import org.headgate.device.api.Drivers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code driver:remove}. */
@Component(service = ConsoleCommand.class)
public final class DriverRemoveCommand implements ConsoleCommand {
    private final DriverOperation operation;

    @Activate
    public DriverRemoveCommand(@Reference Drivers drivers, @Reference Devices devices) {
        operation = new DriverOperation(drivers, devices);
    }

    @Override
    public Signature signature() {
        return DriverOperation.signature(
                "driver:remove", "Uninstalls a driver; its devices wait until it comes back.", "NAME");
    }

    @Override
    public List<String> complete(List<String> before) {
        return operation.names(before, driver -> driver.state() != State.AVAILABLE);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String name = invocation.word(0, "NAME");
        invocation.atMost(1);
        return operation.run(invocation, new DriverRequest.Remove(name));
    }
}
