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
import org.junit.jupiter.api.io.TempDir;

/** Karaf's own session on a terminal whose keys come from here; they are typed ahead. */
class TerminalDialogueTest {
    private static final String ETC = "karaf.etc";

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
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

    private Dialogue at(String type, String typed) throws IOException {
        InputStream in = new PipedInputStream(keys, 1 << 16);
        ExternalTerminal terminal = new ExternalTerminal("test", type, in, screen, StandardCharsets.UTF_8);
        PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
        session = factory.create(in, out, out, new JLineTerminal(terminal), "UTF-8", () -> {});
        keys.write(typed.getBytes(StandardCharsets.UTF_8));
        keys.flush();
        return TerminalDialogue.of(session, folder.resolve("edit"));
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anAnswerComesWithoutBlanksAndItsQuestionIsShownAsItIs() throws Exception {
        Dialogue dialogue = at("xterm", "  80 °C \r");
        assertThat(dialogue.isPresent()).isTrue();
        assertThat(dialogue.ask("how many %N of 100 %?")).contains("80 °C");
        assertThat(shown()).contains("how many %N of 100 %?");
    }

    @Test
    void aSecretIsNotShown() throws Exception {
        Optional<char[]> secret = at("xterm", "s3cret\r").askSecret("password:");
        assertThat(secret.map(String::new)).contains("s3cret");
        assertThat(shown()).contains("password:").doesNotContain("s3").doesNotContain("*");
    }

    @Test
    void ctrlDIsNoAnswerAndCtrlCEndsTheCommand() throws Exception {
        Dialogue dialogue = at("xterm", "\u0004");
        assertThat(dialogue.ask("really?")).isEmpty();
        keys.write(3);
        keys.flush();
        assertThatThrownBy(() -> dialogue.ask("really?")).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aTextIsEditedInNanoAndNothingStaysOnTheDisk() throws Exception {
        Dialogue dialogue = at("xterm", "new \u000f\r\u0018");
        assertThat(dialogue.edit("rule a/../b", "first\nsecond\n")).contains("new first\nsecond\n");
        assertThat(shown()).contains("rule-a-..-b");
        assertThat(leftOvers()).isEmpty();
    }

    @Test
    void whoLeavesTheEditorWithoutSavingHasChangedNothing() throws Exception {
        assertThat(at("xterm", "new \u0018n").edit("a", "first\n")).isEmpty();
        assertThat(leftOvers()).isEmpty();
    }

    @Test
    void anUnableTerminalSaysSo() throws Exception {
        assertThatThrownBy(() -> at("dumb", "").edit("a", ""))
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
