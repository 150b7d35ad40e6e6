package org.headgate.commands.setup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Revisions;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.system.api.Calls;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gateway:apply}. */
@Component(service = ConsoleCommand.class)
public final class GatewayApplyCommand implements ConsoleCommand {
    private final HomeFiles home;
    private final NewSetUp setUp;

    @Activate
    public GatewayApplyCommand(
            @Reference Configurations configurations,
            @Reference Revisions revisions,
            @Reference Gateway gateway,
            @Reference DriverAccess drivers,
            @Reference Calls calls) {
        home = new HomeFiles(gateway.home());
        setUp = new NewSetUp(configurations, revisions, new Work(calls, drivers));
    }

    @Override
    public Signature signature() {
        Signature signature = Signature.of("gateway:apply", "Applies a folder of files, all of them or none.")
                .words("DIR [confirm=5m]")
                .more(
                        "DIR is a folder in HOME/files with headgate.*.cfg files. Those take the place of the files of the"
                                + " same name; others stay, unless --replace is given. id and console.port of"
                                + " headgate.gateway.cfg stay, too, unless the new file names them.");
        return NewSetUp.options(signature)
                .example("gateway:apply new-setup", "Applies the files in HOME/files/new-setup.")
                .example("gateway:apply new-setup confirm=5m", "The same, to be confirmed within five minutes.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return NewSetUp.complete(before, home::folders);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String folder = NewSetUp.source(invocation, "DIR");
        Map<String, String> files = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        try {
            List<String> names = home.list(folder).stream()
                    .filter(name -> !FileName.isIgnored(name))
                    .toList();
            long left = Archive.MOST_TEXT;
            for (String name : names) {
                left -= read(folder, name, files, problems);
                if (left < 0 || files.size() + problems.size() > Archive.MOST_FILES) {
                    return invocation.fail(folder + ": too many files (expected: at most " + Archive.MOST_FILES
                            + " and " + (Archive.MOST_TEXT >> 20) + " MiB)");
                }
            }
        } catch (IOException unreadable) {
            return invocation.fail(unreadable.getMessage());
        }
        if (files.isEmpty() && problems.isEmpty()) {
            return invocation.fail(folder + ": no headgate.*.cfg files in it");
        }
        return setUp.apply(invocation, files, problems, List.of());
    }

    private long read(String folder, String name, Map<String, String> files, List<String> problems) throws IOException {
        if (FileName.of(name).isEmpty()) {
            problems.add(FileName.unread(name));
            return 0;
        }
        byte[] bytes = home.read(folder + "/" + name, Archive.MOST_FILE);
        try {
            files.put(name, text(bytes));
        } catch (CharacterCodingException broken) {
            problems.add(name + ": not UTF-8 (expected: save the file as UTF-8)");
        }
        return bytes.length;
    }

    /** Strictly: what cannot be read is not replaced by question marks. */
    static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
