package org.headgate.commands.setup;

import java.io.IOException;
import org.headgate.config.api.Revisions;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gateway:confirm}. */
@Component(service = ConsoleCommand.class)
public final class GatewayConfirmCommand implements ConsoleCommand {
    private final Revisions revisions;

    @Activate
    public GatewayConfirmCommand(@Reference Revisions revisions) {
        this.revisions = revisions;
    }

    @Override
    public Signature signature() {
        return Signature.of("gateway:confirm", "Keeps the set-up that would go back by itself.")
                .json()
                .more(
                        "gateway:apply and gateway:import with confirm=5m make one that waits; gateway:revisions shows for"
                                + " how long still. Where nothing waits the status is 1: then it is confirmed already, or has"
                                + " gone back.")
                .example("gateway:confirm", "Keeps what gateway:apply new-setup confirm=5m has brought.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        long number;
        try {
            number = revisions.confirm();
        } catch (IOException failed) {
            return invocation.fail(failed.getMessage());
        }
        invocation
                .out()
                .println(
                        invocation.json()
                                ? new Json().put("revision", number).toString()
                                : "revision " + number + " is confirmed and stays");
        return 0;
    }
}
