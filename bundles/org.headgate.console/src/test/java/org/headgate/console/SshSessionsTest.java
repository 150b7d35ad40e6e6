package org.headgate.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session of one command as the SSH server makes it: of what is not flushed nothing arrives. */
@Timeout(60)
class SshSessionsTest {
    @TempDir
    private Path folder;

    private final ThreadIOImpl threads = new ThreadIOImpl();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private SessionFactoryImpl karafs;
    private Session session;

    private interface Body {
        int run(Invocation invocation);
    }

    private ShellCommand command(String name, List<String> words, Body body) {
        ConsoleCommand command = new ConsoleCommand() {
            @Override
            public Signature signature() {
                return Signature.of(name, "Does.").words("WORD...").json();
            }

            @Override
            public List<String> complete(List<String> before) {
                return words;
            }

            @Override
            public int run(Invocation invocation) {
                return body.run(invocation);
            }
        };
        return new ShellCommand(command, new Manual(any -> List.of("admin")), folder);
    }

    private static int copy(Invocation invocation) {
        try {
            invocation.out().print(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
            return 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @BeforeEach
    void open() {
        threads.start();
        karafs = new SessionFactoryImpl(threads);
        karafs.getRegistry()
                .register(command("test:fail", List.of("boiler"), invocation -> invocation.fail("no device nope")));
        karafs.getRegistry().register(command("test:copy", List.of("pump"), SshSessionsTest::copy));
        SshSessions sessions = new SshSessions(karafs, new AbsentCommand(karafs, new AccessList(null)));
        session = sessions.create(
                InputStream.nullInputStream(),
                new PrintStream(new BufferedOutputStream(out, 1 << 16)),
                new PrintStream(new BufferedOutputStream(err, 1 << 16)));
    }

    @AfterEach
    void close() {
        session.close();
        karafs.stop();
        threads.stop();
    }

    @Test
    void theErrorOfACommandArrivesAndItsStatusIsReturned() throws Exception {
        assertThat(session.execute("test:fail nope")).isEqualTo(1);
        assertThat(err).hasToString("error: no device nope\n");
        assertThat(session.execute("test:fail --nope")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("unknown option --nope");
        assertThat(printed()).isEmpty();
    }

    @Test
    void whatIsNotThereIsExplainedWithoutColours() throws Exception {
        assertThat(session.execute("test:nope x")).isEqualTo(127);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("error: test:nope: no such command, or not allowed with this role")
                .doesNotContain("\u001b");
        assertThat(session.execute("config:edit x")).isEqualTo(127);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("error: config:edit: not used here; device:set");
        assertThat(printed()).isEmpty();
    }

    @Test
    void aStatusInAPipeIsNoOutput() throws Exception {
        assertThat(session.execute("test:fail nope | test:copy")).isNull();
        assertThat(printed()).isEmpty();
        assertThat(err).hasToString("error: no device nope\n");
    }

    @Test
    void onlyTheCommandThatTheLineBeginsWithIsAskedForItsWords() {
        assertThat(completed("test:fail", "")).containsExactly("boiler");
        assertThat(completed("test:copy", "p")).containsExactly("pump");
        assertThat(completed("test:copy", "--")).containsExactly("--json", "--help");
        assertThat(completed("test:nope", "")).isEmpty();
        assertThat(completed("b")).isEmpty();
    }

    /** What the completers of all commands say together, with the cursor at the end, as Karaf asks them. */
    private List<String> completed(String... words) {
        List<String> candidates = new ArrayList<>();
        String line = String.join(" ", words);
        String last = words[words.length - 1];
        karafs.getRegistry().getCommands().stream()
                .filter(ShellCommand.class::isInstance)
                .forEach(each -> each.getCompleter(false)
                        .complete(
                                session,
                                new CommandLineImpl(words, words.length - 1, last.length(), line.length(), line),
                                candidates));
        return candidates;
    }

    private String printed() {
        session.getConsole().flush();
        return out.toString(StandardCharsets.UTF_8);
    }
}
