package org.headgate.config.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeFilesTest {
    private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path home;

    private HomeFiles files;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(home.resolve("files/sub"));
        Files.createDirectories(home.resolve("secrets"));
        Files.writeString(home.resolve("secrets/key"), "secret");
        files = new HomeFiles(home);
    }

    @Test
    void makesAndReadsFilesBelowItsFolderOnly() throws IOException {
        files.create("a.csv", TEXT);
        files.create("sub/b.csv", TEXT);
        files.create(home.resolve("files/c.csv").toString(), TEXT);
        assertThat(files.read("a.csv", 4)).isEqualTo(TEXT);
        assertThat(files.read("sub/../sub/b.csv", 100)).isEqualTo(TEXT);
        assertThat(files.existing("c.csv"))
                .isEqualTo(home.resolve("files/c.csv").toRealPath());
        assertThat(home.resolve("files")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aFileThatWasReplacedHasAnotherStamp() throws IOException {
        files.create("a.csv", TEXT);
        Object before = files.stamp("a.csv");
        assertThat(files.stamp("a.csv")).isEqualTo(before);
        Files.writeString(home.resolve("files/a.csv"), "longer");
        assertThat(files.stamp("a.csv")).isNotEqualTo(before);
        assertThatThrownBy(() -> files.stamp("../secrets/key")).hasMessageContaining("outside of");
        assertThatThrownBy(() -> files.stamp("b.csv")).hasMessageContaining("there is no such file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../secrets/key", "/etc/passwd", "sub/../../secrets/key", "..", "../filesystem", "", ".", "sub"})
    void refusesWhatLeadsOutOfIt(String name) {
        assertThatThrownBy(() -> files.read(name, 100))
                .isInstanceOf(IOException.class)
                .hasMessageMatching(".*(outside of|expected: the name|not a file).*");
        assertThatThrownBy(() -> files.create(name, TEXT)).isInstanceOf(IOException.class);
        assertThat(home.resolve("secrets/key")).hasContent("secret");
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThatThrownBy(() -> files.read("a\0b", 100)).isInstanceOf(IOException.class);
    }

    /** Whoever can put a link into the folder must not read the secrets through a command of somebody else. */
    @Test
    void refusesSymbolicLinksThatLeadOutOfIt() throws IOException {
        Files.createSymbolicLink(home.resolve("files/key"), home.resolve("secrets/key"));
        Files.createSymbolicLink(home.resolve("files/out"), home.resolve("secrets"));
        Files.createSymbolicLink(home.resolve("files/new.csv"), home.resolve("secrets/new"));
        for (String name : new String[] {"key", "out/key"}) {
            assertThatThrownBy(() -> files.read(name, 100)).hasMessageContaining("outside of");
            assertThatThrownBy(() -> files.existing(name)).hasMessageContaining("outside of");
        }
        assertThatThrownBy(() -> files.create("out/new", TEXT)).hasMessageContaining("outside of");
        assertThatThrownBy(() -> files.create("new.csv", TEXT)).hasMessageContaining("exists already");
        assertThat(home.resolve("secrets")).isDirectoryContaining(path -> path.endsWith("key"));
        assertThat(home.resolve("secrets/new")).doesNotExist();
    }

    @Test
    void followsLinksThatStayWithinItAndAFolderThatIsOne(@TempDir Path elsewhere) throws IOException {
        Files.writeString(home.resolve("files/a.csv"), "text");
        Files.createSymbolicLink(home.resolve("files/b.csv"), Path.of("a.csv"));
        assertThat(files.read("b.csv", 100)).isEqualTo(TEXT);
        Path other = elsewhere.resolve("home");
        Files.createDirectories(other);
        Files.createSymbolicLink(other.resolve("files"), home.resolve("files"));
        assertThat(new HomeFiles(other).read("b.csv", 100)).isEqualTo(TEXT);
    }

    @Test
    void saysInOneLineWhatIsWrong() throws IOException {
        files.create("a.csv", TEXT);
        assertThatThrownBy(() -> files.create("a.csv", new byte[0]))
                .hasMessage("a.csv: exists already (expected: a new name)");
        assertThat(home.resolve("files/a.csv")).hasContent("text");
        assertThatThrownBy(() -> files.read("a.csv", 3)).hasMessage("a.csv: 4 bytes (expected: at most 3)");
        assertThatThrownBy(() -> files.read("no.csv", 3)).hasMessageStartingWith("no.csv: there is no such file in ");
        assertThatThrownBy(() -> files.create("no/a.csv", TEXT)).hasMessageStartingWith("no/a.csv: its folder");
        assertThatThrownBy(() -> files.read("a.csv/b", 3)).hasMessageStartingWith("a.csv/b: ");
    }

    @Test
    void listsTheFilesOfAFolderInsideOnly() throws IOException {
        files.create("sub/b.cfg", TEXT);
        files.create("sub/a.cfg", TEXT);
        Files.createDirectories(home.resolve("files/sub/below"));
        Files.createSymbolicLink(home.resolve("files/sub/link.cfg"), home.resolve("secrets/key"));
        Files.createSymbolicLink(home.resolve("files/out"), home.resolve("secrets"));
        assertThat(files.list("sub")).containsExactly("a.cfg", "b.cfg");
        assertThatThrownBy(() -> files.list("none")).hasMessageContaining("there is no such folder");
        assertThatThrownBy(() -> files.list("sub/a.cfg")).hasMessageContaining("not a folder");
        assertThatThrownBy(() -> files.list("out")).hasMessageContaining("outside of");
        assertThatThrownBy(() -> files.list("../secrets")).hasMessageContaining("outside of");
    }

    @Test
    void deletesFilesInsideOnly() throws IOException {
        files.create("sub/b.cfg", TEXT);
        files.delete("sub/b.cfg");
        assertThat(files.list("sub")).isEmpty();
        assertThatThrownBy(() -> files.delete("../secrets/key")).hasMessageContaining("outside of");
        assertThat(home.resolve("secrets/key")).exists();
    }

    @Test
    void aFileOfWhichTheContentFailsIsNotThere() {
        assertThatThrownBy(() -> files.create("x.zip", out -> {
                    out.write(1);
                    throw new IOException("no more");
                }))
                .hasMessage("no more");
        assertThat(home.resolve("files/x.zip")).doesNotExist();
        assertThat(home.resolve("files")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void whatTheGatewayItselfNeedsOfTheDiskIsLeft() {
        long more = home.toFile().getUsableSpace() + (10L << 30);
        assertThatThrownBy(() -> new HomeFiles(home, more).create("a.csv", TEXT))
                .hasMessageStartingWith("a.csv: ")
                .hasMessageContaining("MiB are free in")
                .hasMessageContaining("(expected: at least " + (more >> 20) + " MiB, for the gateway itself)");
        assertThat(home.resolve("files/a.csv")).doesNotExist();
    }
}
