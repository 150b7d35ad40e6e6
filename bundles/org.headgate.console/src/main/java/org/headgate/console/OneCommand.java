package org.headgate.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.apache.karaf.shell.api.console.History;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.api.console.Terminal;

/** A session of one command without a terminal, which fails as {@code exec} does: one line in the error stream, and the status. */
final class OneCommand implements Session {
    private final Session next;
    private final AbsentCommand absent;
    private final PrintStream err;

    OneCommand(Session next, AbsentCommand absent, PrintStream err) {
        this.next = next;
        this.absent = absent;
        this.err = err;
        // The shell's grep takes every session for a terminal: without styles it colours nothing.
        next.put("GREP_COLORS", "rs=0");
    }

    @Override
    public Object execute(CharSequence line) {
        try {
            return next.execute(line);
        } catch (Exception failed) {
            String called = line.toString().strip().split("\\s", 2)[0];
            Failure failure = Failure.of(failed, called, absent);
            err.println("error: " + failure.reason());
            return failure.status();
        }
    }

    @Override
    public Object get(String name) {
        return next.get(name);
    }

    @Override
    public void put(String name, Object value) {
        next.put(name, value);
    }

    @Override
    public InputStream getKeyboard() {
        return next.getKeyboard();
    }

    @Override
    public PrintStream getConsole() {
        return next.getConsole();
    }

    @Override
    public String readLine(String prompt, Character mask) throws IOException {
        return next.readLine(prompt, mask);
    }

    @Override
    public Terminal getTerminal() {
        return next.getTerminal();
    }

    @Override
    public History getHistory() {
        return next.getHistory();
    }

    @Override
    public Registry getRegistry() {
        return next.getRegistry();
    }

    @Override
    public SessionFactory getFactory() {
        return next.getFactory();
    }

    @Override
    public String resolveCommand(String name) {
        return next.resolveCommand(name);
    }

    @Override
    public Path currentDir() {
        return next.currentDir();
    }

    @Override
    public void currentDir(Path path) {
        next.currentDir(path);
    }

    @Override
    public void run() {
        next.run();
    }

    @Override
    public void close() {
        next.close();
    }
}
