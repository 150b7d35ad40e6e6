package org.headgate.commands.driver;

import java.util.List;
import org.headgate.commands.kit.Removal;
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
        return Removal.option(Signature.of("profile:remove", "Removes a profile; asks when a device uses it.")
                        .words("NAME"))
                .json()
                .more("Devices that use it are named, and do not work without it; where nobody can be asked, --yes"
                        + " is wanted then.")
                .example("profile:remove meter", "Removes the profile meter.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return files.names(before);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        return files.remove(invocation);
    }
}
