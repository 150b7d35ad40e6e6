package org.headgate.commands.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.channels.ChannelTable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code profile:import}: all of a file or nothing. */
@Component(service = ConsoleCommand.class)
public final class ProfileImportCommand implements ConsoleCommand {
    private static final int MOST_BYTES = 1 << 20;

    private final ChannelFiles files;

    @Activate
    public ProfileImportCommand(@Reference ChannelFiles files) {
        this.files = files;
    }

    @Override
    public Signature signature() {
        return ChannelTarget.signature(
                        "profile:import", "Makes a CSV file's channels those of a profile, or of a device's file.")
                .more(
                        "The table's channels become the only ones of the file, in one change; other keys and comments stay. A profile that"
                                + " does not exist is made. Each wrong line of the table is named, and nothing is changed then.")
                .example("profile:import meter meter.csv", "Reads HOME/files/meter.csv.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return files.complete(before);
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
                    .decode(ByteBuffer.wrap(files.home().read(csv, MOST_BYTES)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new IOException(csv + ": not UTF-8 (expected: saved as \"CSV UTF-8\")", notUtf8);
        }
    }
}
