package org.headgate.console.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A command of Headgate's. A component that provides this service appears on the console as {@code scope:name}; who may
 * run it stands in {@code etc/org.apache.karaf.command.acl.SCOPE.cfg}, and without a line there only an admin may. Called
 * from the thread of a session, by several sessions at once.
 */
@ConsumerType
public interface ConsoleCommand {
    /** How it is called; always the same. */
    Signature signature();

    /**
     * From which word on the rest of a typed line is one word, with its blanks and quotes as they were typed: 1 for a name and SQL.
     * The command's flags may stand before and behind it. A program ({@code exec}) gives words of its own, so the rest may come as
     * one word or as several.
     */
    default int verbatimFrom() {
        return Integer.MAX_VALUE;
    }

    /** Words that may come next, after the given ones; those that do not begin as typed are left out by the caller. */
    default List<String> complete(List<String> before) {
        return List.of();
    }

    /**
     * Runs the command.
     *
     * @return the exit status, 0 for success
     * @throws UsageException when the words make no sense; the session shows it with the usage
     * @throws InterruptedException when the user ended the command
     */
    int run(Invocation invocation) throws UsageException, InterruptedException;
}
