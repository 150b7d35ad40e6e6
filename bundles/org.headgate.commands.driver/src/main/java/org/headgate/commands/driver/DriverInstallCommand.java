package org.headgate.commands.driver;

import java.io.IOException;
import java.util.List;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Texts;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.Devices;
import org.headgate.device.api.DriverRequest;
import org.headgate.device.api.DriverRequest.Purpose;
import org.headgate.device.api.DriverStatus.State;
import org.headgate.device.api.Drivers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code driver:install}. */
@Component(service = ConsoleCommand.class)
public final class DriverInstallCommand implements ConsoleCommand {
    private final DriverOperation operation;
    private final HomeFiles files;

    @Activate
    public DriverInstallCommand(@Reference Drivers drivers, @Reference Devices devices, @Reference Gateway gateway) {
        operation = new DriverOperation(drivers, devices);
        files = new HomeFiles(gateway.home());
    }

    @Override
    public Signature signature() {
        return DriverOperation.signature(
                "driver:install",
                "Installs a driver: one of the distribution by its name, or a file in HOME/files.",
                "NAME|FILE");
    }

    @Override
    public List<String> complete(List<String> before) {
        return operation.names(before, driver -> driver.state() == State.AVAILABLE);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String word = invocation.word(0, "NAME|FILE");
        invocation.atMost(1);
        // A name has no dot, a file has an ending.
        if (Texts.isName(word)) {
            return operation.run(invocation, new DriverRequest.Named(word));
        }
        try {
            return operation.run(invocation, new DriverRequest.FromFile(files.existing(word), Purpose.INSTALL));
        } catch (IOException unreadable) {
            return invocation.fail(unreadable.getMessage());
        }
    }
}
