package org.headgate.console;

import java.util.List;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.jline.reader.LineReader;
import org.jline.reader.impl.LineReaderImpl;

/**
 * {@code gateway:session}, which {@code etc/scripts/headgate.script} calls when an interactive session begins: puts our
 * line parser in front of Karaf's.
 */
final class Sessions implements Command {
    /** The variable of an interactive session that holds its line reader. */
    static final String READER = ".jline.reader";

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
        return "Prepares an interactive session; the shell runs it by itself.";
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
        if (session.get(READER) instanceof LineReaderImpl reader && !(reader.getParser() instanceof LineParser)) {
            reader.setParser(new LineParser(session, reader.getParser()));
            // An exclamation mark is a character, not a look into the history.
            reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
        }
        return null;
    }
}
