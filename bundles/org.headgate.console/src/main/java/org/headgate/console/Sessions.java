package org.headgate.console;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Job;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import org.jline.reader.impl.LineReaderImpl;

/**
 * {@code gateway:session}, which {@code etc/scripts/headgate.script} calls when a session over SSH begins: puts our line parser in
 * front of Karaf's, and sees to it that whoever tries what he may not is an event. The line parser calls it with the name of a
 * command that is not there, to say so.
 */
final class Sessions implements Command {
    /** The whole name. */
    static final String ID = "gateway:session";
    /** The variable of an interactive session that holds its line reader. */
    static final String READER = ".jline.reader";

    private static final String HISTORY = ".jline.history";
    private static final String COMMANDS = ".commandSession";

    private final AbsentCommand absent;
    private final Refusals refusals;
    private final Path histories;

    /**
     * Sessions.
     *
     * @param histories where the history of each user is kept
     */
    Sessions(AbsentCommand absent, Refusals refusals, Path histories) {
        this.absent = absent;
        this.refusals = refusals;
        this.histories = histories;
    }

    @Override
    public String getScope() {
        return "gateway";
    }

    @Override
    public String getName() {
        return "session";
    }

    @Override
    public String getDescription() {
        return "Prepares a session; the shell runs it by itself.";
    }

    @Override
    public Completer getCompleter(boolean scoped) {
        return (session, line, candidates) -> -1;
    }

    @Override
    public Parser getParser() {
        return null;
    }

    @Override
    public Object execute(Session session, List<Object> arguments) {
        if (!arguments.isEmpty()) {
            refuse(session, String.valueOf(arguments.get(0)));
        } else if (session.get(READER) instanceof LineReaderImpl reader) {
            if (!(reader.getParser() instanceof LineParser)) {
                reader.setParser(new LineParser(session, reader.getParser(), absent));
                prepare(reader);
                remember(session, reader);
            }
        } else if (session.get(COMMANDS) instanceof CommandSession one) {
            String user = Users.current();
            one.setJobListener((job, before, now) -> ended(user, job));
        }
        return null;
    }

    private static void prepare(LineReaderImpl reader) {
        // An exclamation mark is a character, not a look into the history.
        reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
        reader.setOpt(LineReader.Option.GROUP);
        reader.setOpt(LineReader.Option.AUTO_FRESH_LINE);
        reader.unsetOpt(LineReader.Option.INSERT_TAB);
        KeyMap<Binding> keys = reader.getKeyMaps().get(LineReader.MAIN);
        keys.bind(new Reference(LineReader.UP_LINE_OR_SEARCH), "\u001b[A", "\u001bOA");
        keys.bind(new Reference(LineReader.DOWN_LINE_OR_SEARCH), "\u001b[B", "\u001bOB");
    }

    /** Before the first line is read, which is when the history reads its file. */
    private void remember(Session session, LineReaderImpl reader) {
        LineHistory history = new LineHistory();
        reader.setVariable(LineReader.HISTORY_FILE, LineHistory.file(histories, Users.current()));
        reader.setHistory(history);
        session.put(HISTORY, history);
        Registry registry = session.getRegistry();
        registry.unregister(session.getHistory());
        registry.register(history.shown());
    }

    /** In an interactive session: the line parser has seen that the command is not there for this user. */
    private void refuse(Session session, String name) {
        PrintStream console = session.getConsole();
        console.println("error: " + absent.explain(name));
        told(Users.current(), name);
    }

    /** In a session of one command the shell has refused already, with an exception. */
    private void ended(String user, Job job) {
        if (job.result() != null && job.result().exception() != null) {
            String failure = job.result().exception().getClass().getSimpleName();
            if (failure.equals("CommandNotFoundException") || failure.equals("SecurityException")) {
                told(user, job.command().toString().strip().split("\\s", 2)[0]);
            }
        }
    }

    private void told(String user, String name) {
        if (absent.exists(name)) {
            refusals.refused(user, "ssh: " + name + ": not allowed with this role");
        }
    }
}
