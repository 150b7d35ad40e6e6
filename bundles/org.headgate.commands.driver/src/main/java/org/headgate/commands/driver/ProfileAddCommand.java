package org.headgate.commands.driver;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code profile:add}. */
@Component(service = ConsoleCommand.class)
public final class ProfileAddCommand implements ConsoleCommand {
    private final ProfileFiles files;

    @Activate
    public ProfileAddCommand(@Reference ProfileFiles files) {
        this.files = files;
    }

    @Override
    public Signature signature() {
        return Signature.of("profile:add", "Adds a profile: the channels of a device type, for many devices.")
                .words("NAME [key=value...]")
                .json()
                .more(
                        "driver=NAME says which driver it is for, poll=1s and timeout=2s what counts for devices that do not say it."
                                + " channel.NAME=... is a channel; quotes keep its words together. profile:import reads channels from a table.")
                .example(
                        "profile:add thermometer poll=5s 'channel.temperature=wave unit=degC'",
                        "Adds a profile with one channel.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? List.of() : files.keys();
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        return files.add(invocation);
    }
}
