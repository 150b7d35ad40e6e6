package org.headgate.commands.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
import org.headgate.device.channels.Profile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code profile:import}: all of a file or nothing. */
@Component(service = ConsoleCommand.class)
public final class ProfileImportCommand implements ConsoleCommand {
    private static final int MOST_BYTES = 1 << 20;

    private final ChannelFiles files;
    private final HomeFiles home;

    @Activate
    public ProfileImportCommand(@Reference Configurations configurations, @Reference Gateway gateway) {
        files = new ChannelFiles(configurations);
        home = new HomeFiles(gateway.home());
    }

    @Override
    public Signature signature() {
        return Signature.of("profile:import", "Makes a CSV file's channels those of a profile, or of a device's file.")
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
        if (target.isDevice() && !files.exists(target.file())) {
            return invocation.fail("there is no " + target);
        }
        try {
            ChannelTable.Contents contents = ChannelTable.read(text(target.csv()));
            if (!contents.problems().isEmpty()) {
                contents.problems().forEach(invocation::fail);
                return invocation.fail("nothing was changed");
            }
            if (contents.channels().isEmpty()) {
                return invocation.fail(target.csv() + " has no channels; nothing was changed");
            }
            ChannelFiles.Difference change = files.replace(invocation, target.file(), contents.channels());
            invocation
                    .out()
                    .println(target + ": " + change.all() + " channels (" + change.added() + " new, " + change.changed()
                            + " changed, " + change.removed() + " removed)");
            return 0;
        } catch (IOException failed) {
            return invocation.fail(failed.getMessage());
        }
    }

    private String text(String csv) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(home.read(csv, MOST_BYTES)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new IOException(csv + ": not UTF-8 (expected: saved as \"CSV UTF-8\")", notUtf8);
        }
    }
}
