package org.headgate.console;

import java.io.InputStream;
import java.io.PrintStream;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.api.console.Terminal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The sessions of the SSH server: Karaf's own, except for those of one command, whose errors it would lose. Karaf's tracker takes
 * the service of the lowest rank, and only the first that it sees: this bundle starts before the SSH server (start level). Whoever asks
 * the registry in the usual way gets Karaf's.
 */
@Component(
        service = SessionFactory.class,
        property = {"service.ranking:Integer=-1", SshSessions.OURS + "=ssh"})
public final class SshSessions implements SessionFactory {
    static final String OURS = "headgate.sessions";
    /** Karaf's own factory. */
    static final String KARAFS = "(!(" + OURS + "=*))";

    private final SessionFactory next;
    private final AbsentCommand absent;

    /** Called by Declarative Services. */
    @Activate
    public SshSessions(@Reference(target = KARAFS) SessionFactory next, @Reference ShellCommands registered) {
        this(next, registered.absent());
    }

    SshSessions(SessionFactory next, AbsentCommand absent) {
        this.next = next;
        this.absent = absent;
    }

    @Override
    public Registry getRegistry() {
        return next.getRegistry();
    }

    @Override
    public Session create(
            InputStream in, PrintStream out, PrintStream err, Terminal terminal, String encoding, Runnable closed) {
        return next.create(in, out, err, terminal, encoding, closed);
    }

    @Override
    public Session create(InputStream in, PrintStream out, PrintStream err) {
        // At the end the server flushes what was printed, and not the errors.
        PrintStream flushed = new PrintStream(err, true);
        return new OneCommand(next.create(in, out, flushed), absent, flushed);
    }

    @Override
    public Session create(InputStream in, PrintStream out, PrintStream err, Session parent) {
        return next.create(in, out, err, parent);
    }
}
