package org.headgate.device.runtime;

import java.util.concurrent.CompletionStage;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandHandler;
import org.headgate.command.api.CommandResult;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code device.write} with the arguments {@code device}, {@code channel} and {@code value}, the value as text. */
@Component
public final class DeviceWrite implements CommandHandler {
    private final DeviceRegistry registry;

    @Activate
    public DeviceWrite(@Reference DeviceRegistry registry) {
        this.registry = registry;
    }

    @Override
    public String name() {
        return "device.write";
    }

    @Override
    public CompletionStage<CommandResult> handle(Command command) {
        return registry.write(command);
    }
}
