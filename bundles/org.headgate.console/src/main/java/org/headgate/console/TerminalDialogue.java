package org.headgate.console;

import java.io.IOError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.apache.felix.service.command.Process;
import org.apache.karaf.shell.api.console.Session;
import org.headgate.console.api.Dialogue;
import org.jline.builtins.Nano;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** The person at the terminal of an interactive session: asked by JLine's line reader, without history, and given JLine's nano. */
final class TerminalDialogue implements Dialogue {
    private static final String TERMINAL = ".jline.terminal";
    private static final char NOTHING = 0;

    private final Session session;
    private final Terminal terminal;
    private final Path folder;

    private TerminalDialogue(Session session, Terminal terminal, Path folder) {
        this.session = session;
        this.terminal = terminal;
        this.folder = folder;
    }

    /**
     * Who sits at a session: nobody where a program has called (exec, SSH without a terminal), or where the output goes through a
     * pipe, whose questions would not be seen.
     *
     * @param folder where the files of the editor may be
     */
    static Dialogue of(Session session, Path folder) {
        boolean reads = session.get(Sessions.READER) != null;
        if (reads
                && session.get(TERMINAL) instanceof Terminal terminal
                && terminal.getType() != null
                && isTerminal(Process.Utils.current())) {
            return new TerminalDialogue(session, terminal, folder);
        }
        return NOBODY;
    }

    private static boolean isTerminal(Process process) {
        return process == null || process.isTty(0) && process.isTty(1);
    }

    @Override
    public boolean isPresent() {
        return true;
    }

    @Override
    public Optional<String> ask(String question) throws InterruptedException {
        return read(question, null).map(String::strip);
    }

    @Override
    public Optional<char[]> askSecret(String question) throws InterruptedException {
        return read(question, NOTHING).map(String::toCharArray);
    }

    /** Karaf makes a reader for each question, which keeps no history and completes nothing. */
    private Optional<String> read(String question, Character mask) throws InterruptedException {
        String prompt = question.endsWith(" ") ? question : question + " ";
        try {
            // In a prompt of JLine's a per cent sign begins a pattern.
            return Optional.ofNullable(session.readLine(prompt.replace("%", "%%"), mask));
        } catch (EndOfFileException ended) {
            return Optional.empty();
        } catch (UserInterruptException | IOError | IOException gone) {
            // Ctrl-C, or the connection is lost.
            InterruptedException interrupted = new InterruptedException("no answer");
            interrupted.initCause(gone);
            throw interrupted;
        }
    }

    @Override
    public Optional<String> edit(String name, String text) throws IOException {
        if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
            throw new IOException("no editor works on this terminal (expected: TERM=xterm or the like)");
        }
        Path own = Files.createTempDirectory(PrivateFiles.folder(folder), "edit-");
        Path file = own.resolve(name.replaceAll("[^A-Za-z0-9._-]+", "-"));
        try {
            PrivateFiles.write(file, text);
            Object before = identity(file);
            Nano nano = new Nano(terminal, own);
            // No other file can be read or written from within.
            nano.setRestricted(true);
            // A rule is one long line, often.
            nano.wrapping = true;
            nano.title = "Ctrl-O Enter saves, Ctrl-X leaves";
            nano.open(file.getFileName().toString());
            nano.run();
            return before.equals(identity(file)) ? Optional.empty() : Optional.of(Files.readString(file));
        } finally {
            delete(own);
        }
    }

    /** The editor writes a new file and renames it. */
    private static Object identity(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.fileKey() + " " + attributes.lastModifiedTime();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
