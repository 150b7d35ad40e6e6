package org.headgate.uplink.commands;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.CommandResult.Status;
import org.headgate.console.api.CommandCall;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Dialogue;
import org.headgate.system.api.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a command that nobody sits at: what it prints is kept, within bounds. */
final class Run {
    /** How much of the output is kept, in bytes. */
    static final int MOST_OUTPUT = 64 << 10;

    static final String EXIT = "exit";
    static final String OUTPUT = "output";
    static final String CUT = "cut";
    /** What is told of a command that has done what it should. */
    static final String WELL = "exit 0";

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final int MOST_ERRORS = 4 << 10;
    private static final String ERROR = "error: ";

    private final Command command;
    private final ConsoleCommand console;
    private final List<String> words;
    private final CompletableFuture<CommandResult> answer = new CompletableFuture<>();
    private final BoundedOutput out = new BoundedOutput(MOST_OUTPUT);
    private final BoundedOutput err = new BoundedOutput(MOST_ERRORS);
    private Thread thread;
    private String ended = "";

    /**
     * A run that has not begun.
     *
     * @param command the request
     * @param console what is to be run
     * @param words its words
     */
    Run(Command command, ConsoleCommand console, List<String> words) {
        this.command = command;
        this.console = console;
        this.words = words;
    }

    /** Completed when it has ended. */
    CompletableFuture<CommandResult> answer() {
        return answer;
    }

    /** Runs the command on this thread. */
    int call() {
        synchronized (this) {
            if (!ended.isEmpty()) {
                return CommandCall.INTERRUPTED;
            }
            thread = Thread.currentThread();
        }
        try (PrintStream output = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            return CommandCall.run(
                    console,
                    words,
                    output,
                    errors,
                    command.origin().toString(),
                    Dialogue.NOBODY,
                    bug -> LOG.error("{} failed", console.signature().id(), bug));
        } finally {
            synchronized (this) {
                thread = null;
                // The thread is used again.
                Thread.interrupted();
            }
        }
    }

    /** Ends the command, if it listens. */
    synchronized void interrupt(String why) {
        ended = why;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** It was never begun. */
    void refuse(String why) {
        answer.complete(CommandResult.refused(command, why));
    }

    /** It has ended, or does not. */
    void end(Outcome<Integer> outcome) {
        String why;
        synchronized (this) {
            why = ended;
        }
        int exit = outcome.value().orElse(CommandCall.INTERRUPTED);
        if (!why.isEmpty()) {
            fail(why, exit);
        } else if (outcome.failure().isPresent()) {
            fail(outcome.failure().get().toString(), exit);
        } else if (exit != 0) {
            fail(lastError(exit), exit);
        } else {
            answer.complete(result(Status.DONE, WELL, 0));
        }
    }

    private void fail(String why, int exit) {
        answer.complete(result(Status.FAILED, why, exit));
    }

    private CommandResult result(Status status, String message, int exit) {
        String text = out.text();
        Map<String, String> values = out.isCut()
                ? Map.of(EXIT, String.valueOf(exit), OUTPUT, text, CUT, "true")
                : Map.of(EXIT, String.valueOf(exit), OUTPUT, text);
        return new CommandResult(command.id(), status, message, values);
    }

    /** The errors that a command has told, without what it said of its waiting. */
    private String lastError(int exit) {
        String errors = err.text()
                .lines()
                .filter(line -> line.startsWith(ERROR))
                .map(line -> line.substring(ERROR.length()))
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
        return errors.isEmpty() ? "exit " + exit : errors;
    }
}
