package org.headgate.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.console.JLineTerminal;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.headgate.console.api.Dialogue;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Karaf's own session on a terminal whose keys come from here: whoever types waits for what is shown. */
@Timeout(60)
class TerminalDialogueTest {
    private static final String ETC = "karaf.etc";

    private final Screen screen = new Screen();
    private final Deque<String> script = new ArrayDeque<>();
    private final PipedOutputStream keys = new PipedOutputStream();
    private SessionFactoryImpl factory;
    private Session session;

    @TempDir
    private Path folder;

    @BeforeEach
    void shell() throws IOException {
        // A session reads the shell's settings there.
        Files.createFile(folder.resolve("org.apache.karaf.shell.cfg"));
        System.setProperty(ETC, folder.toString());
        factory = new SessionFactoryImpl(new ThreadIOImpl());
    }

    @AfterEach
    void close() {
        session.close();
        factory.stop();
        System.clearProperty(ETC);
    }

    /** Types the next keys as soon as the text before them is shown. */
    private final class Screen extends ByteArrayOutputStream {
        private int seen;

        @Override
        public synchronized void flush() throws IOException {
            while (!script.isEmpty()
                    && toString(StandardCharsets.UTF_8).substring(seen).contains(script.peek())) {
                seen = toString(StandardCharsets.UTF_8).length();
                script.remove();
                keys.write(script.remove().getBytes(StandardCharsets.UTF_8));
                keys.flush();
            }
        }
    }

    /** At a terminal: a text to wait for, keys to type then, and so on. */
    private Dialogue at(String type, String... textsAndKeys) throws IOException {
        script.addAll(List.of(textsAndKeys));
        InputStream in = new PipedInputStream(keys, 1 << 16);
        ExternalTerminal terminal = new ExternalTerminal("test", type, in, screen, StandardCharsets.UTF_8);
        PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
        session = factory.create(in, out, out, new JLineTerminal(terminal), "UTF-8", () -> {});
        return TerminalDialogue.of(session, folder.resolve("edit"));
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anAnswerComesWithoutBlanksAndItsQuestionIsShownAsItIs() throws Exception {
        Dialogue dialogue = at("xterm", "100 %?", "  80 °C \r");
        assertThat(dialogue.isPresent()).isTrue();
        assertThat(dialogue.ask("how many %N of 100 %?")).contains("80 °C");
        assertThat(shown()).contains("how many %N of 100 %?");
    }

    @Test
    void aSecretIsNotShown() throws Exception {
        Optional<char[]> secret = at("xterm", "password:", "s3cret\r").askSecret("password:");
        assertThat(secret.map(String::new)).contains("s3cret");
        assertThat(shown()).contains("password:").doesNotContain("s3").doesNotContain("*");
    }

    @Test
    void ctrlDIsNoAnswerAndCtrlCEndsTheCommand() throws Exception {
        Dialogue dialogue = at("xterm", "really?", "\u0004", "sure?", "\u0003");
        assertThat(dialogue.ask("really?")).isEmpty();
        assertThatThrownBy(() -> dialogue.ask("sure?")).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aTextIsEditedInNanoAndNothingStaysOnTheDisk() throws Exception {
        Dialogue dialogue = at("xterm", "Read 2", "new \u000f", "Write", "\r", "Wrote", "\u0018");
        assertThat(dialogue.edit("rule a/../b", "first\nsecond\n")).contains("new first\nsecond\n");
        assertThat(shown()).contains("rule-a-..-b");
        assertThat(leftOvers()).isEmpty();
    }

    @Test
    void whoLeavesTheEditorWithoutSavingHasChangedNothing() throws Exception {
        assertThat(at("xterm", "Read 1", "new \u0018", "Save", "n").edit("a", "first\n"))
                .isEmpty();
        assertThat(leftOvers()).isEmpty();
    }

    @Test
    void anUnableTerminalSaysSo() throws Exception {
        assertThatThrownBy(() -> at("dumb").edit("a", ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no editor");
    }

    @Test
    void nobodyIsThereWithoutATerminal() throws Exception {
        PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
        session = factory.create(InputStream.nullInputStream(), out, out);
        Dialogue dialogue = TerminalDialogue.of(session, folder);
        assertThat(dialogue.isPresent()).isFalse();
        assertThat(dialogue.ask("?")).isEmpty();
    }

    private Stream<Path> leftOvers() throws IOException {
        return Files.list(folder.resolve("edit"));
    }
}
