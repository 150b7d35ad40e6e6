package org.headgate.console;

import java.util.List;

/**
 * A command of Headgate's. A component that provides this service appears on the console as {@code scope:name}; who may
 * run it stands in {@code etc/org.apache.karaf.command.acl.SCOPE.cfg}, and without a line there only an admin may. Called
 * from the thread of a session, by several sessions at once.
 */
public interface ConsoleCommand {
    /** What comes before the colon: {@code device}. */
    String scope();

    /** What comes after the colon: {@code read}. */
    String name();

    /** One line for {@code help}. */
    String description();

    /** The arguments as they are typed: {@code DEVICE [CHANNEL...] [--json]}; empty when there are none. */
    default String usage() {
        return "";
    }

    /** Options that stand alone, such as {@code --json}; they may stand anywhere. */
    default List<String> flags() {
        return List.of();
    }

    /** Options that take the next word (or {@code --name=value}), such as {@code --for}; they may stand anywhere. */
    default List<String> options() {
        return List.of();
    }

    /** Words that may come next, after the given ones; those that do not begin as typed are left out by the caller. */
    default List<String> complete(List<String> before) {
        return List.of();
    }

    /** Whether the command runs until it is interrupted; others are ended after a minute when they come from exec. */
    default boolean endless() {
        return false;
    }

    /**
     * Runs the command.
     *
     * @return the exit status, 0 for success
     * @throws UsageException when the words make no sense; the session shows it with {@link #usage}
     * @throws InterruptedException when the user ended the command
     */
    int run(Invocation invocation) throws UsageException, InterruptedException;
}
