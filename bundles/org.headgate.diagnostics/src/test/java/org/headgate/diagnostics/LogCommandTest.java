package org.headgate.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.headgate.console.api.UsageException;
import org.headgate.console.api.kit.Console;
import org.headgate.host.Machine;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCommandTest {
    @TempDir
    Path home;

    /** It is 2024-11-21T07:00:00Z. */
    private final SimulatedSystem system = new SimulatedSystem(1);

    private final Console console = new Console();
    private LogCommand command;

    @BeforeEach
    void prepare() throws IOException {
        command = new LogCommand(new Machine(home, home), system, ZoneId.of("Europe/Berlin"));
        Files.createDirectories(home.resolve("var/log"));
        Files.createDirectories(home.resolve("secrets"));
        Files.writeString(home.resolve("secrets/mqtt"), "hunter-22\n");
        put("headgate.log.1", "2024-11-21T04:00:00.000Z INFO  [a] A: oldest");
        put("headgate.log.2", "2024-11-21T05:00:00.000Z WARN  [a] A: second\n\tat x\n\tat y");
        put("headgate.log", """
                the rest of a line
                2024-11-21T07:10:00.000+01:00 INFO  [a] A: third
                2024-11-21T06:30:00.000Z ERROR [a] A: fourth with hunter-22
                2024-11-21T06:59:59.999Z INFO  [a] A: fifth
                """);
        put("audit.log", "2024-11-21T05:00:00.000Z WARN  [a] A: not this one");
    }

    @Test
    void showsAllFilesInTheOrderOfTimeWithTheLinesThatBelongToAnEntry() throws Exception {
        assertThat(console.run(command)).isEqualTo("""
                2024-11-21T04:00:00.000Z INFO  [a] A: oldest
                2024-11-21T05:00:00.000Z WARN  [a] A: second
                \tat x
                \tat y
                2024-11-21T07:10:00.000+01:00 INFO  [a] A: third
                2024-11-21T06:30:00.000Z ERROR [a] A: fourth with ***
                2024-11-21T06:59:59.999Z INFO  [a] A: fifth
                """);
    }

    @Test
    void aTimeIsLocalOrHasAnOffsetOrIsHowLongAgo() throws Exception {
        assertThat(console.run(command, "from=2024-11-21T07:10", "to=2024-11-21T06:30:00Z"))
                .isEqualTo("2024-11-21T07:10:00.000+01:00 INFO  [a] A: third\n");
        assertThat(console.run(command, "from=30m")).contains("fourth").doesNotContain("third");
        assertThat(console.run(command, "to=2024-11-21")).isEqualTo("nothing\n");
        assertThat(console.run(command, "from=2024-11-21", "to=2h"))
                .contains("oldest")
                .doesNotContain("second");
    }

    @Test
    void theGravestAndTheLastOnes() throws Exception {
        assertThat(console.run(command, "--level", "warn"))
                .contains("second", "fourth")
                .doesNotContain("third", "oldest");
        assertThat(console.run(command, "--count", "2"))
                .startsWith("(3 earlier ones; --count shows more)\n")
                .contains("fourth", "fifth")
                .doesNotContain("third");
        JsonNode json = console.json(command, "--level=error", "--json");
        assertThat(json).hasSize(1);
        assertThat(json.get(0).get("time").asText()).isEqualTo("2024-11-21T06:30:00Z");
        assertThat(json.get(0).get("text").asText()).endsWith("fourth with ***");
    }

    @Test
    void whatIsNoTimeIsRefused() {
        for (String word : new String[] {"from=yesterday", "from=", "to=2024-13-01", "from=2024-11-21T25:00", "1h"}) {
            assertThatThrownBy(() -> console.run(command, word))
                    .as(word)
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("expected: ");
        }
        assertThatThrownBy(() -> console.run(command, "--level", "loud")).hasMessageStartingWith("--level: loud");
        assertThatThrownBy(() -> console.run(command, "--count", "0")).hasMessageStartingWith("--count: 0");
    }

    private void put(String file, String text) throws IOException {
        Files.writeString(home.resolve("var/log").resolve(file), text);
    }
}
