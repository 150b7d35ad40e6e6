package org.headgate.console;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Stands in front of Karaf's line parser in an interactive session: a line that begins with one of our commands is never
 * seen by Karaf's own language, which would stumble over the unquoted words before our parser is asked.
 */
final class LineParser implements Parser {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*:[A-Za-z][A-Za-z0-9_.-]*");

    private final Session session;
    private final Parser next;
    private final AbsentCommand absent;

    LineParser(Session session, Parser next, AbsentCommand absent) {
        this.session = session;
        this.next = next;
        this.absent = absent;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        String typed = line.stripLeading();
        int indent = line.length() - typed.length();
        int end = Words.end(typed);
        boolean accepting = context == ParseContext.ACCEPT_LINE;
        if (accepting && isAbsent(name(typed))) {
            String refusal = Sessions.ID + " " + Words.quote(name(typed));
            return new Line(new RawParser().parse(session, refusal, 0), refusal);
        }
        // Behind the pipe Karaf completes.
        Optional<RawParser> ours = parser(typed);
        if (ours.isEmpty() || !accepting && cursor - indent > end) {
            return next.parse(line, cursor, context);
        }
        RawParser parser = ours.get();
        CommandLine parsed = parser.parse(session, typed, Math.min(end, Math.max(0, cursor - indent)));
        String accepted = parser.preprocess(session, parsed) + typed.substring(end);
        return new Line(parsed, accepting ? accepted : parsed.getBuffer());
    }

    private static String name(String typed) {
        int end = 0;
        while (end < typed.length() && !Character.isWhitespace(typed.charAt(end))) {
            end++;
        }
        return typed.substring(0, end);
    }

    /** Whether it is a command's name, but none that this user can run, nor a function of the shell's own language. */
    private boolean isAbsent(String name) {
        if (!NAME.matcher(name).matches()) {
            return false;
        }
        return absent.exists(name) ? !absent.isAllowed(name) : session.get(name) == null;
    }

    /** The parser of the command that a line begins with, when it is one of ours. */
    private Optional<RawParser> parser(String typed) {
        String typedName = name(typed);
        // A name that is still being typed is Karaf's to complete.
        if (typedName.length() == typed.length()) {
            return Optional.empty();
        }
        String name = session.resolveCommand(typedName);
        int colon = name.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        Command command = session.getRegistry().getCommand(name.substring(0, colon), name.substring(colon + 1));
        return command != null && command.getParser() instanceof RawParser raw ? Optional.of(raw) : Optional.empty();
    }

    private record Line(CommandLine parsed, String line) implements ParsedLine {
        @Override
        public String word() {
            return parsed.getCursorArgument();
        }

        @Override
        public int wordCursor() {
            return parsed.getArgumentPosition();
        }

        @Override
        public int wordIndex() {
            return parsed.getCursorArgumentIndex();
        }

        @Override
        public List<String> words() {
            return Arrays.asList(parsed.getArguments());
        }

        @Override
        public int cursor() {
            return parsed.getBufferPosition();
        }
    }
}
