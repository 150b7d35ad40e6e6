package org.headgate.commands.setup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Revisions;
import org.headgate.config.api.Secrets;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code secret:set}. */
@Component(service = ConsoleCommand.class)
public final class SecretSetCommand implements ConsoleCommand {
    private static final String FROM = "--from";
    private static final String FILE = "--file";
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_CONTENT = 1 << 20;

    private final Secrets secrets;
    private final SetUps setUps;
    private final HomeFiles home;

    @Activate
    public SecretSetCommand(
            @Reference Secrets secrets,
            @Reference Configurations configurations,
            @Reference Revisions revisions,
            @Reference Gateway gateway) {
        this.secrets = secrets;
        setUps = new SetUps(configurations, revisions);
        home = new HomeFiles(gateway.home());
    }

    @Override
    public Signature signature() {
        return Signature.of("secret:set", "Keeps a password or a token, which settings name as @NAME.")
                .words("NAME")
                .option(FROM + " FILE", "takes the first line of a file in HOME/files, and deletes the file")
                .option(
                        FILE + " FILE",
                        "takes all of a file in HOME/files, a key or a certificate, and deletes the file")
                .more("Asks twice, and shows nothing. A program that nobody sits at uses --from. The secret is kept in"
                        + " HOME/secrets, for the gateway only: it is in no revision, no export and no log, and no command"
                        + " prints it.")
                .example("secret:set mqtt-password", "Asks for the secret that password = @mqtt-password names.")
                .example("secret:set gw1.key --file gw1.key", "Keeps the key that tls.key = @gw1.key names.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty()
                ? List.copyOf(new TreeSet<>(SecretUses.in(setUps.now()).keySet()))
                : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String name = invocation.word(0, "NAME");
        invocation.atMost(1);
        if (!SecretUses.isName(name)) {
            throw new UsageException(name + " (expected: " + Secrets.NAME_EXPECTED + ")");
        }
        Optional<String> from = invocation.option(FROM);
        Optional<String> file = invocation.option(FILE);
        if (from.isPresent() && file.isPresent()) {
            throw new UsageException("either " + FROM + " or " + FILE);
        }
        if (file.isPresent()) {
            return keep(invocation, name, file.get());
        }
        char[] text = new char[0];
        try {
            if (from.isPresent()) {
                text = firstLine(from.get());
            } else if (invocation.dialogue().isPresent()) {
                text = asked(invocation);
            } else {
                return invocation.fail("nobody can be asked here (expected: " + FROM + " FILE, a file in HOME/files)");
            }
            secrets.set(name, text);
            if (from.isPresent()) {
                home.delete(from.get());
            }
        } catch (IOException refused) {
            return invocation.fail(refused.getMessage());
        } finally {
            Arrays.fill(text, '\0');
        }
        invocation.out().println(name + " is kept; settings name it as @" + name);
        return 0;
    }

    private int keep(Invocation invocation, String name, String file) {
        byte[] content = {};
        try {
            content = home.read(file, MOST_CONTENT);
            secrets.keep(name, content);
            home.delete(file);
        } catch (IOException refused) {
            return invocation.fail(refused.getMessage());
        } finally {
            Arrays.fill(content, (byte) 0);
        }
        invocation.out().println(name + " is kept; settings name it as @" + name);
        return 0;
    }

    private static char[] asked(Invocation invocation) throws IOException, InterruptedException {
        char[] first = invocation.dialogue().askSecret("secret: ").orElse(new char[0]);
        char[] again = invocation.dialogue().askSecret("once more: ").orElse(new char[0]);
        boolean same = Arrays.equals(first, again);
        Arrays.fill(again, '\0');
        if (!same || first.length == 0) {
            Arrays.fill(first, '\0');
            throw new IOException(
                    same ? "nothing was typed; nothing has changed" : "not the same; nothing has changed");
        }
        return first;
    }

    private char[] firstLine(String file) throws IOException {
        byte[] bytes = home.read(file, MOST_BYTES);
        int length = 0;
        while (length < bytes.length && bytes[length] != '\n' && bytes[length] != '\r') {
            length++;
        }
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            char[] text = new char[decoded.remaining()];
            decoded.get(text);
            if (decoded.hasArray()) {
                Arrays.fill(decoded.array(), '\0');
            }
            if (text.length == 0) {
                throw new IOException(file + ": its first line is empty (expected: the secret)");
            }
            return text;
        } catch (CharacterCodingException broken) {
            throw new IOException(file + ": not UTF-8", broken);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
