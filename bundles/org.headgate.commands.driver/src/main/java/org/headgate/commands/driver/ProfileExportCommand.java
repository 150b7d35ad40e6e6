package org.headgate.commands.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.channels.ChannelTable;
import org.headgate.device.channels.ChannelText;
import org.headgate.device.channels.Profile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code profile:export}. */
@Component(service = ConsoleCommand.class)
public final class ProfileExportCommand implements ConsoleCommand {
    private final ChannelFiles files;
    private final HomeFiles home;

    @Activate
    public ProfileExportCommand(@Reference Configurations configurations, @Reference Gateway gateway) {
        files = new ChannelFiles(configurations);
        home = new HomeFiles(gateway.home());
    }

    @Override
    public Signature signature() {
        return Signature.of(
                        "profile:export", "Writes the channels of a profile, or of a device's file, to a new CSV file.")
                .words("[NAME] FILE.csv")
                .option("--device DEVICE", "the channels in a device's own file");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? files.profiles().stream().map(Profile::name).toList() : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        ChannelTarget target = ChannelTarget.of(invocation);
        if (!files.exists(target.file())) {
            return invocation.fail("there is no " + target);
        }
        try {
            List<ChannelText> channels = files.channels(target.file());
            if (channels.isEmpty()) {
                return invocation.fail(target.file() + " names no channels of its own");
            }
            home.create(target.csv(), ChannelTable.write(channels).getBytes(StandardCharsets.UTF_8));
            invocation.out().println(target + ": " + channels.size() + " channels written to " + target.csv());
            return 0;
        } catch (IOException failed) {
            return invocation.fail(failed.getMessage());
        }
    }
}
