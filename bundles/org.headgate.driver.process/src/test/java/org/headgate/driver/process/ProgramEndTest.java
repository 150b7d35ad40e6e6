package org.headgate.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How programs end, by themselves, by their limits and by us, and what is said of it. */
class ProgramEndTest {
    @TempDir
    private Path folder;

    private Programs programs;

    @BeforeEach
    void start() {
        programs = new Programs(folder);
    }

    @AfterEach
    void stop() {
        programs.close();
    }

    @Test
    void theEndIsAFailureWithItsExitCodeAndTheLastLineOnStandardError() throws Exception {
        programs.run(programs.whenHeard() + "echo first >&2; echo 'no\tradio' >&2; exit 7");
        programs.awaitFailure("the program has ended with exit code 7: no?radio");
    }

    @Test
    void aSignalIsNamed() throws Exception {
        programs.run(programs.whenHeard() + "kill -9 $$");
        programs.awaitFailure("the program was ended by signal 9");
    }

    @Test
    void whatHasClosedItsOutputIsEnded() throws Exception {
        programs.run(programs.whenHeard() + "echo $$ > '" + folder + "/pid'; exec >&-; exec sleep 60");
        programs.awaitFailure("the program has closed its standard output");
        assertThat(Programs.alive(folder.resolve("pid"))).isFalse();
    }

    @Test
    void silenceIsAFailure() throws Exception {
        programs.run("echo '{\"v\":1}'; exec sleep 60", "silence=3s");
        programs.awaitFailure("nothing came for 3.0 s");
        assertThat(programs.said.all()).hasSize(1);
    }

    @Test
    void nothingThatItHasStartedOutlivesIt() throws Exception {
        Path pids = folder.resolve("pids");
        // One that ignores TERM, one that is nobody's child any more.
        Connection connection =
                programs.run("trap '' TERM; (sleep 61 & echo $! >> '" + pids + "'); sleep 62 & echo $! >> '" + pids
                        + "'; echo $$ >> '" + pids + "'; echo '{\"v\":1}'; while :; do sleep 1; done");
        programs.said.await(row -> true);
        List<String> started = Files.readAllLines(pids);
        assertThat(started).hasSize(3).allMatch(Programs::isAlive);
        connection.close();
        await().atMost(Duration.ofSeconds(10)).until(() -> started.stream().noneMatch(Programs::isAlive));
    }

    @Test
    void itIsAskedToEndBeforeItIsEnded() throws Exception {
        Path bye = folder.resolve("bye");
        Connection connection = programs.run(
                "trap 'sleep 0.3; echo bye > \"" + bye + "\"; exit' TERM; echo '{\"v\":1}'; sleep 64 & wait");
        programs.said.await(row -> true);
        connection.close();
        assertThat(bye).hasContent("bye");
    }

    @Test
    void whatItLeavesBehindEndsWithIt() throws Exception {
        Path pid = folder.resolve("pid");
        programs.run(programs.whenHeard() + "(sleep 63 > /dev/null 2>&1 & echo $! > '" + pid + "'); exit 1");
        programs.awaitFailure("the program has ended with exit code 1");
        assertThat(Programs.alive(pid)).isFalse();
    }

    @Test
    void aMemoryHogIsBounded() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(Files.exists(python), "python3 is not installed");
        Path hog = Script.write(
                folder.resolve("hog"),
                "#!" + python + "\nimport os, time\nwhile not os.path.exists('" + folder
                        + "/heard'): time.sleep(0.05)\nx = bytearray(512 << 20)\nprint('{\"v\": 1}', flush=True)\n");
        programs.subscribed(Script.settings(hog, Map.of("memory", "64MiB"), Programs.VALUE));
        programs.awaitFailure("the program has ended with exit code 1: MemoryError");
        assertThat(programs.said.all()).isEmpty();
    }

    @Test
    void limitsThatCannotBeKeptEndItOnlyWhereTheyAreRequired() throws Exception {
        programs.run("echo '{\"v\":1}'; exec sleep 60", "cpu=20%");
        programs.said.await(row -> true);
        assertThatThrownBy(() -> programs.run("exec sleep 60", "cpu=20%", "limits=required"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "cpu = 20% is not kept: here is neither a systemd that makes scopes for this user nor a control group of its own, and limits = required");
    }
}
