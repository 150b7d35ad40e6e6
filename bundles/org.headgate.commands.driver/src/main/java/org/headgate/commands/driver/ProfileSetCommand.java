package org.headgate.commands.driver;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code profile:set}. */
@Component(service = ConsoleCommand.class)
public final class ProfileSetCommand implements ConsoleCommand {
    private final ProfileFiles files;

    @Activate
    public ProfileSetCommand(@Reference ProfileFiles files) {
        this.files = files;
    }

    @Override
    public Signature signature() {
        return Signature.of("profile:set", "Changes keys of a profile, for all devices that use it.")
                .words("NAME key=value...")
                .json()
                .more(
                        "A key without a value is taken out. A device's own keys and channels go before those of its profile.")
                .example("profile:set meter poll=2s", "Reads all meters every two seconds.")
                .example("profile:set meter 'channel.energy=wave unit=kWh'", "Adds a channel to all meters.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? files.names(before) : files.keys();
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        return files.set(invocation);
    }
}
