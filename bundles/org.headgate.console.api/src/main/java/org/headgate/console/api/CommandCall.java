package org.headgate.console.api;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Carries out a call of a command in the same way for whoever calls: a session of the shell, a program, a broker. An error is one line, never
 * a stack trace, and the exit status says of which kind it is.
 */
public final class CommandCall {
    /** The words made no sense. */
    public static final int USAGE = 2;
    /** The caller has ended it. */
    public static final int INTERRUPTED = 130;

    private CommandCall() {}

    /**
     * Runs a command on this thread.
     *
     * @param typed the words behind the command, as they were typed
     * @param out where the answer goes
     * @param err where errors go, each on a line that begins with {@code error:}
     * @param user who calls
     * @param bug is told of a defect, for the log
     * @return the exit status
     */
    public static int run(
            ConsoleCommand command,
            List<String> typed,
            PrintStream out,
            PrintStream err,
            String user,
            Dialogue dialogue,
            Consumer<RuntimeException> bug) {
        Signature signature = command.signature();
        try {
            return command.run(new Invocation(signature, typed, out, err, user, dialogue));
        } catch (UsageException wrong) {
            err.println("error: " + wrong.getMessage() + " (usage: " + signature.usage() + ")");
            return USAGE;
        } catch (InterruptedException ended) {
            // The flag stays down: a session's thread goes on reading what is typed next.
            return INTERRUPTED;
        } catch (UncheckedIOException disk) {
            err.println("error: " + disk.getCause().getMessage());
            return 1;
        } catch (RuntimeException defect) {
            bug.accept(defect);
            err.println("error: " + defect + " (a bug; the log has more)");
            return 1;
        }
    }
}
