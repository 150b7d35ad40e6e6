package org.headgate.commands.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.headgate.console.api.ConsoleCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayPutCommandTest {
    @TempDir
    Path home;

    private Bench bench;
    private ConsoleCommand put;

    @BeforeEach
    void prepare() throws Exception {
        bench = new Bench(home);
        put = new GatewayPutCommand(bench);
    }

    /** Over a broker there is no other way. */
    @Test
    void aSetUpComesByCommandsAlone() throws Exception {
        bench.configurations.with("headgate.device-old.cfg", Map.of("driver", "host"));
        assertThat(bench.run(put, "new/headgate.device-pump.cfg", "driver = simulator\n# ä\n"))
                .isEqualTo("files/new/headgate.device-pump.cfg (24 bytes)\n");
        assertThat(bench.run(bench.apply(), "new")).startsWith("+ headgate.device-pump.cfg\n1 file applied");
    }

    @Test
    void whatExistsIsReplacedOnlyWhenThatIsWanted() throws Exception {
        bench.run(put, "note.txt", "one", "two");
        assertThat(bench.fails(put, "note.txt", "three")).contains("exists already");
        assertThat(Files.readString(home.resolve("files/note.txt"))).isEqualTo("one two\n");
        bench.run(put, "--replace", "note.txt", "three");
        assertThat(Files.readString(home.resolve("files/note.txt"))).isEqualTo("three\n");
        assertThat(bench.fails(put, "long.txt", "x".repeat(65_536))).contains("65537 bytes (expected: at most 65536)");
    }

    @Test
    void nothingLeadsOutOfTheFolder() throws Exception {
        Files.createDirectories(home.resolve("secrets"));
        Files.createSymbolicLink(home.resolve("files/link"), home.resolve("secrets"));
        Files.createSymbolicLink(home.resolve("files/own"), home.resolve("secrets/mqtt"));
        for (String name : new String[] {"../etc/x.cfg", "/tmp/x", "link/x", "link/y/x", "a/b/x", "own", "", "."}) {
            assertThat(bench.fails(put, name, "text", "--replace")).as(name).startsWith("error: ");
        }
        assertThat(home.resolve("secrets")).isEmptyDirectory();
        assertThat(home.resolve("files/a")).doesNotExist();
    }
}
