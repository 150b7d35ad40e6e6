package org.headgate.console.access;

import java.io.IOException;
import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;

/** {@code user:list}. */
public final class UserListCommand implements ConsoleCommand {
    private final UserFile users;

    /** For {@code ShellCommands}. */
    public UserListCommand(UserFile users) {
        this.users = users;
    }

    @Override
    public Signature signature() {
        return Signature.of("user:list", "Shows who may log in, as what, and with which key.")
                .json()
                .more("The fingerprint is the one that ssh-keygen -l -f KEYFILE prints.")
                .example("user:list", "Shows everybody.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(0);
        List<UserFile.User> all;
        try {
            all = users.users();
        } catch (IOException unreadable) {
            return invocation.fail(unreadable.getMessage());
        }
        if (invocation.json()) {
            invocation
                    .out()
                    .println(Json.text(all.stream().map(UserAddCommand::json).toList()));
            return 0;
        }
        Table table = new Table("USER", "ROLE", "KEY", "FINGERPRINT");
        all.forEach(user -> table.row(
                user.name(), user.role(), user.key().type(), user.key().fingerprint()));
        table.print(invocation.out());
        return 0;
    }
}
