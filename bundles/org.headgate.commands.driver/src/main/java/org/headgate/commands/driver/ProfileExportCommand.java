package org.headgate.commands.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.channels.ChannelTable;
import org.headgate.device.channels.ChannelText;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code profile:export}. */
@Component(service = ConsoleCommand.class)
public final class ProfileExportCommand implements ConsoleCommand {
    private final ChannelFiles files;

    @Activate
    public ProfileExportCommand(@Reference ChannelFiles files) {
        this.files = files;
    }

    @Override
    public Signature signature() {
        return ChannelTarget.signature(
                        "profile:export", "Writes the channels of a profile, or of a device's file, to a new CSV file.")
                .example("profile:export meter meter-out.csv", "Writes HOME/files/meter-out.csv.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return files.complete(before);
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
            files.home().create(target.csv(), ChannelTable.write(channels).getBytes(StandardCharsets.UTF_8));
            invocation.out().println(target + ": " + channels.size() + " channels written to " + target.csv());
            return 0;
        } catch (IOException failed) {
            return invocation.fail(failed.getMessage());
        }
    }
}
