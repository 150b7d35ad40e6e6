package org.headgate.commands.driver;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.DriverRequest;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code driver:rollback}. */
@Component(service = ConsoleCommand.class)
public final class DriverRollbackCommand implements ConsoleCommand {
    private final DriverOperation operation;

    @Activate
    public DriverRollbackCommand(@Reference DriverOperation operation) {
        this.operation = operation;
    }

    @Override
    public Signature signature() {
        return DriverOperation.signature(
                        "driver:rollback", "Goes back to the version of a driver that ran before.", "NAME")
                .more("Asked again, it goes forth again. driver:list shows under PREVIOUS what it would bring.")
                .example("driver:rollback host", "After driver:remove host: brings it back.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return operation.names(before, driver -> !driver.previous().isEmpty());
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        return operation.change(invocation, DriverRequest.Rollback::new);
    }
}
