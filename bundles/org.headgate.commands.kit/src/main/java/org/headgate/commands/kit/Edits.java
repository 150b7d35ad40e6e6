package org.headgate.commands.kit;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.headgate.config.api.Applied;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.InvalidChangeException;
import org.headgate.config.api.SecretKeys;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;

/** Makes a change of the set-up on behalf of a command, and says what came of it. */
public final class Edits {
    private final Configurations configurations;

    /** Changes that go through the one writer. */
    public Edits(Configurations configurations) {
        this.configurations = configurations;
    }

    /** The change that a command makes, still empty: by its user, with its line, in which no secret is left. */
    public static Change of(Invocation invocation) {
        String line = invocation.typed().stream().map(SecretKeys::shown).collect(Collectors.joining(" "));
        return Change.by(invocation.user(), line);
    }

    /**
     * Makes a change; prints what was done, or each reason why not.
     *
     * @param done what the user sees when it was made: {@code boiler is configured}
     * @return the exit status of the command
     */
    public int make(Invocation invocation, Change change, String done) {
        try {
            return said(invocation, configurations.change(change), done);
        } catch (IOException refused) {
            return refused(invocation, refused);
        }
    }

    /** Prints what was done. */
    public static int said(Invocation invocation, Applied applied, String done) {
        if (invocation.json()) {
            invocation.out().println(json(applied));
            return 0;
        }
        invocation
                .out()
                .println(
                        applied.isNothing()
                                ? "nothing to change: it is so already"
                                : done + " (revision " + applied.revision() + ")");
        applied.notes().forEach(note -> invocation.out().println("note: " + note));
        return 0;
    }

    /** Prints each reason why a change was not made, one a line, and returns the exit status. */
    public static int refused(Invocation invocation, IOException refused) {
        List<String> reasons =
                refused instanceof InvalidChangeException invalid ? invalid.problems() : List.of(message(refused));
        reasons.forEach(invocation::fail);
        return 1;
    }

    /** What {@code --json} prints of a change. */
    public static Json json(Applied applied) {
        return new Json()
                .put("revision", applied.revision())
                .put("files", applied.files())
                .put("notes", applied.notes());
    }

    private static String message(IOException failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
