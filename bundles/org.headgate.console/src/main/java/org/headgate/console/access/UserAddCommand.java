package org.headgate.console.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Texts;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;

/** {@code user:add}. */
public final class UserAddCommand implements ConsoleCommand {
    private static final int MOST_BYTES = 16 << 10;

    private final UserFile users;
    private final HomeFiles files;
    private final UserEvents events;

    /** Key files are in {@code HOME/files}. */
    public UserAddCommand(UserFile users, Path home, UserEvents events) {
        this.users = users;
        this.files = new HomeFiles(home);
        this.events = events;
    }

    @Override
    public Signature signature() {
        return Signature.of("user:add", "Lets somebody log in over SSH with a key.")
                .words("NAME ROLE KEYFILE")
                .json()
                .more(
                        "ROLE: a viewer reads, an operator also writes values and switches devices, rules and uplinks on and off, an admin"
                                + " does everything.")
                .more(
                        "KEYFILE is an OpenSSH public key in HOME/files: ECDSA (ssh-keygen -t ecdsa), or RSA of 2048 bits or more. Ed25519 is"
                                + " not understood by this server. The private key stays with its owner.")
                .more(
                        "The console listens on 127.0.0.1 only; from elsewhere one logs in on the machine first, or through a tunnel of its"
                                + " SSH server: ssh -J pi@gateway -p 8101 anna@127.0.0.1")
                .example("user:add berta operator anna.pub", "Lets berta log in with the key in HOME/files/anna.pub.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.size() == 1 ? UserFile.ROLES : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        String name = invocation.word(0, "NAME");
        String role = invocation.word(1, "ROLE (viewer, operator or admin)");
        String file = invocation.word(2, "KEYFILE (the name of a public key in HOME/files)");
        invocation.atMost(3);
        if (!Texts.isName(name)) {
            throw new UsageException("NAME: " + name + " (expected: " + Texts.NAME_EXPECTED + ")");
        }
        if (UserFile.RESERVED.contains(name)) {
            throw new UsageException(
                    "NAME: " + name + " (expected: another name; the list of revisions has a use for this one)");
        }
        if (!UserFile.ROLES.contains(role)) {
            throw new UsageException("ROLE: " + role + " (expected: viewer, operator or admin)");
        }
        PublicKey key;
        try {
            key = key(file);
            users.add(new UserFile.User(name, role, key));
        } catch (IOException refused) {
            return invocation.fail(refused.getMessage());
        }
        events.changed(name, "added", role + ", by " + invocation.user());
        if (invocation.json()) {
            invocation.out().println(json(new UserFile.User(name, role, key)));
        } else {
            invocation.out().println(name + " may log in as " + role + " with the key " + key.fingerprint());
        }
        return 0;
    }

    private PublicKey key(String file) throws IOException {
        byte[] content = files.read(file, MOST_BYTES);
        try {
            return PublicKey.of(new String(content, StandardCharsets.UTF_8));
        } catch (IOException unusable) {
            throw new IOException(file + ": " + unusable.getMessage(), unusable);
        }
    }

    static Json json(UserFile.User user) {
        return new Json()
                .put("name", user.name())
                .put("role", user.role())
                .put("type", user.key().type())
                .put("fingerprint", user.key().fingerprint());
    }
}
