package org.headgate.commands.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gateway:put}. */
@Component(service = ConsoleCommand.class)
public final class GatewayPutCommand implements ConsoleCommand {
    private static final String REPLACE = "--replace";
    private static final int MOST_BYTES = 64 << 10;

    private final HomeFiles home;

    @Activate
    public GatewayPutCommand(@Reference Gateway gateway) {
        home = new HomeFiles(gateway.home());
    }

    @Override
    public Signature signature() {
        return Signature.of("gateway:put", "Writes a text into a file in HOME/files.")
                .words("FILE TEXT")
                .flag(REPLACE, "replaces the file where there is one")
                .more("For somebody who has no other way to the gateway's disk than commands, over a broker: what"
                        + " gateway:apply, secret:set and profile:import take comes from there. A folder on the way is made."
                        + " TEXT is a line as it is typed, for a program as many lines as it likes, 64 KiB at most.")
                .example("gateway:put note.txt cleaned the filter", "Makes HOME/files/note.txt.");
    }

    @Override
    public int verbatimFrom() {
        return 1;
    }

    @Override
    public List<String> complete(List<String> before) {
        try {
            return before.isEmpty() ? home.files() : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        String file = invocation.word(0, "FILE");
        invocation.word(1, "TEXT");
        String text = String.join(
                " ", invocation.words().subList(1, invocation.words().size()));
        byte[] content = (text.endsWith("\n") ? text : text + "\n").getBytes(StandardCharsets.UTF_8);
        if (content.length > MOST_BYTES) {
            return invocation.fail(file + ": " + content.length + " bytes (expected: at most " + MOST_BYTES + ")");
        }
        try {
            home.put(file, content, invocation.flag(REPLACE));
        } catch (IOException refused) {
            return invocation.fail(refused.getMessage());
        }
        invocation.out().println("files/" + file + " (" + content.length + " bytes)");
        return 0;
    }
}
