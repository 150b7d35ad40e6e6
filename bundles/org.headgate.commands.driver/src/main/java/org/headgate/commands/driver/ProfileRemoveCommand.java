package org.headgate.commands.driver;

import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code profile:remove}. */
@Component(service = ConsoleCommand.class)
public final class ProfileRemoveCommand implements ConsoleCommand {
    private final ProfileFiles files;

    @Activate
    public ProfileRemoveCommand(@Reference ProfileFiles files) {
        this.files = files;
    }

    @Override
    public Signature signature() {
        return Signature.of("profile:remove", "Removes a profile that no device uses.")
                .words("NAME")
                .json()
                .more("While a device uses it nothing is removed, and the devices are named.")
                .example("profile:remove meter", "Removes the profile meter.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return files.names(before);
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        return files.remove(invocation);
    }
}
