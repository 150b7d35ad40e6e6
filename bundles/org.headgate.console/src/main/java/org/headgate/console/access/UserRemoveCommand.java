package org.headgate.console.access;

import java.io.IOException;
import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;

/** {@code user:remove}. */
public final class UserRemoveCommand implements ConsoleCommand {
    private final UserFile users;
    private final UserEvents events;

    /** For {@code ShellCommands}. */
    public UserRemoveCommand(UserFile users, UserEvents events) {
        this.users = users;
        this.events = events;
    }

    @Override
    public Signature signature() {
        return Signature.of("user:remove", "Lets somebody log in no more.")
                .words("NAME")
                .json()
                .more(
                        "Sessions that are open go on until they end. The last admin stays, and so does the user admin, with whose key"
                                + " bin/headgate console logs in.")
                .example("user:remove anna", "From now on the key of anna is refused.");
    }

    @Override
    public List<String> complete(List<String> before) {
        try {
            return before.isEmpty()
                    ? users.users().stream().map(UserFile.User::name).toList()
                    : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        String name = invocation.word(0, "NAME");
        invocation.atMost(1);
        UserFile.User gone;
        try {
            gone = users.remove(name);
        } catch (IOException refused) {
            return invocation.fail(refused.getMessage());
        }
        events.changed(name, "removed", gone.role() + ", by " + invocation.user());
        if (invocation.json()) {
            invocation.out().println(UserAddCommand.json(gone));
        } else {
            invocation.out().println(name + " may log in no more");
        }
        return 0;
    }
}
