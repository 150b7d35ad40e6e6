package org.headgate.console;

import java.io.InputStream;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import java.util.regex.Pattern;
import javax.security.auth.Subject;
import org.apache.felix.service.command.CommandSession;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;

/**
 * Runs one command in a session of its own, as a user. Its words are put into variables of the session, so that the shell
 * never parses them; its input is empty.
 */
final class ExecCommand {
    static final int USAGE = 64;
    static final int DENIED = 77;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(:[A-Za-z0-9_.-]+)?");

    private final SessionFactory factory;
    private final AbsentCommand absent;
    private final List<String> words;
    private boolean denied;

    ExecCommand(SessionFactory factory, AbsentCommand absent, List<String> words) {
        this.factory = factory;
        this.absent = absent;
        this.words = words;
    }

    String name() {
        return words.get(0);
    }

    boolean endless() {
        return absent.find(words.get(0)) instanceof ShellCommand ours && ours.endless();
    }

    /** Whether it was not run because its user may not run it. */
    boolean denied() {
        return denied;
    }

    /** Runs the command and returns its exit status. */
    int run(Subject user, ExecOutput output) {
        if (!NAME.matcher(words.get(0)).matches()) {
            output.err.println("error: " + words.get(0) + ": no command (expected: SCOPE:NAME)");
            return USAGE;
        }
        try {
            Object result = Subject.doAs(user, (PrivilegedExceptionAction<Object>) () -> inSession(output));
            if (result instanceof Integer status) {
                return status;
            }
            if (result != null) {
                output.out.println(result);
            }
            return 0;
        } catch (PrivilegedActionException wrapped) {
            return failed(wrapped.getException(), user, output);
        } catch (RuntimeException failed) {
            return failed(failed, user, output);
        }
    }

    private Object inSession(ExecOutput output) throws Exception {
        Session session = factory.create(InputStream.nullInputStream(), output.out, output.err);
        try {
            StringBuilder line = new StringBuilder(words.get(0));
            for (int i = 1; i < words.size(); i++) {
                session.put("_word" + i, words.get(i));
                line.append(" $_word").append(i);
            }
            return ((CommandSession) session.get(".commandSession")).execute(line);
        } finally {
            session.close();
        }
    }

    private int failed(Exception exception, Subject user, ExecOutput output) {
        Failure failure =
                Subject.doAs(user, (PrivilegedAction<Failure>) () -> Failure.of(exception, words.get(0), absent));
        denied = failure.denied();
        output.err.println("error: " + failure.reason());
        return failure.status();
    }
}
