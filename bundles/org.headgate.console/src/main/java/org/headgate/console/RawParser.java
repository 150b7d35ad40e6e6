package org.headgate.console;

import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;

/**
 * Keeps the words of our commands from Karaf's shell, to which {@code ? & ; > % [ $} and a leading minus mean something:
 * an address, a rule in SQL, a unit or a negative number arrives as typed.
 */
final class RawParser implements Parser {
    private final int verbatimFrom;
    private final List<String> flags;

    /** For a command all of whose words are alike. */
    RawParser() {
        this(Integer.MAX_VALUE, List.of());
    }

    /**
     * For a command that takes the rest of the line as it is.
     *
     * @param verbatimFrom from which word on the rest of the line is one word
     * @param flags what may stand behind it all the same
     */
    RawParser(int verbatimFrom, List<String> flags) {
        this.verbatimFrom = verbatimFrom;
        this.flags = List.copyOf(flags);
    }

    @Override
    public CommandLine parse(Session session, String command, int cursor) {
        String line = command.substring(0, Words.end(command));
        List<String> words = new ArrayList<>();
        int index = -1;
        int position = 0;
        int i = 0;
        while (i < line.length()) {
            if (Character.isWhitespace(line.charAt(i))) {
                i++;
                continue;
            }
            int start = i;
            while (i < line.length() && !Character.isWhitespace(line.charAt(i))) {
                i++;
            }
            if (cursor >= start && cursor <= i) {
                index = words.size();
                position = cursor - start;
            }
            words.add(line.substring(start, i));
        }
        if (index < 0) {
            index = 0;
            while (index < words.size() && line.indexOf(words.get(index)) < cursor) {
                index++;
            }
            words.add(index, "");
        }
        return new CommandLineImpl(words.toArray(String[]::new), index, position, cursor, line);
    }

    @Override
    public String preprocess(Session session, CommandLine parsed) {
        String line = parsed.getBuffer().strip();
        int end = 0;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        StringBuilder safe = new StringBuilder(line.substring(0, end));
        Words.split(line.substring(end), verbatimFrom, flags)
                .forEach(word -> safe.append(' ').append(Words.quote(word)));
        return safe.toString();
    }
}
