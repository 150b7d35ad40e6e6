package org.headgate.console;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.Process;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.headgate.console.api.CommandCall;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Signature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link ConsoleCommand} as Karaf's shell sees it. An error is one line, never a stack trace. */
final class ShellCommand implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(ShellCommand.class);
    private static final String HELP = "--help";

    private final ConsoleCommand command;
    private final Signature signature;
    private final Manual manual;
    private final Path folder;

    /**
     * A command.
     *
     * @param folder where the editor may keep what is being edited
     */
    ShellCommand(ConsoleCommand command, Manual manual, Path folder) {
        this.command = command;
        this.signature = command.signature();
        this.manual = manual;
        this.folder = folder;
    }

    Signature signature() {
        return signature;
    }

    @Override
    public String getScope() {
        return signature.scope();
    }

    @Override
    public String getName() {
        return signature.name();
    }

    @Override
    public String getDescription() {
        return signature.description();
    }

    @Override
    public Parser getParser() {
        List<String> flags = new ArrayList<>(signature.flags());
        flags.add(HELP);
        return new RawParser(command.verbatimFrom(), flags);
    }

    boolean endless() {
        return signature.endless();
    }

    @Override
    public Completer getCompleter(boolean scoped) {
        return this::complete;
    }

    @Override
    public Object execute(Session session, List<Object> arguments) {
        List<String> typed = arguments.stream().map(String::valueOf).toList();
        // Karaf's shell puts the streams of the session, or of the next command in a pipe, behind these two.
        PrintStream out = System.out;
        // To a person errors go the way of all output: over SSH those of the other stream come after the next prompt.
        PrintStream err = session.get(Sessions.READER) == null ? System.err : session.getConsole();
        int status;
        if (asksForHelp(typed)) {
            manual.lines(signature).forEach(out::println);
            status = 0;
        } else {
            status = CommandCall.run(
                    command,
                    typed,
                    out,
                    err,
                    Users.current(),
                    TerminalDialogue.of(session, folder),
                    bug -> LOG.error("{} failed", signature.id(), bug));
        }
        out.flush();
        err.flush();
        Process process = Process.Utils.current();
        if (process != null && !process.isTty(1)) {
            // The shell would print what a command returns to the next one in the pipe.
            process.error(status);
            return null;
        }
        // The shell prints what a command returns to a person, and gives it to a program as the exit status.
        return status == 0 || session.get(Sessions.READER) != null ? null : status;
    }

    /** At the end, where people add it to what they have typed; behind {@code --} it is a word like any other. */
    private static boolean asksForHelp(List<String> typed) {
        return !typed.isEmpty() && typed.get(typed.size() - 1).equals(HELP) && !typed.contains("--");
    }

    /** Karaf asks the completers of all commands, whatever the line begins with, for the names of the commands too. */
    private int complete(Session session, CommandLine line, List<String> candidates) {
        int index = line.getCursorArgumentIndex();
        String word = index < line.getArguments().length ? line.getArguments()[index] : "";
        String typed = word.substring(0, Math.min(word.length(), line.getArgumentPosition()));
        if (index < 1) {
            Stream.of(signature.id()).filter(id -> id.startsWith(typed)).forEach(candidates::add);
        } else if (signature.id().equals(session.resolveCommand(line.getArguments()[0]))) {
            offer(line, index, typed, candidates);
        }
        return candidates.isEmpty() ? -1 : line.getBufferPosition() - typed.length();
    }

    private void offer(CommandLine line, int index, String typed, List<String> candidates) {
        List<String> before =
                Arrays.asList(line.getArguments()).subList(1, Math.max(1, Math.min(index, line.getArguments().length)));
        List<String> found = new ArrayList<>(command.complete(before));
        if (typed.startsWith("-")) {
            found.addAll(signature.flags());
            found.addAll(signature.optionNames());
            found.add(HELP);
        }
        found.stream().filter(candidate -> candidate.startsWith(typed)).forEach(candidates::add);
    }
}
