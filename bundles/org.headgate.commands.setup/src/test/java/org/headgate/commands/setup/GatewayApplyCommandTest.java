package org.headgate.commands.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.Revisions.Waiting;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.UsageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayApplyCommandTest {
    private static final String GATEWAY = "headgate.gateway.cfg";

    @TempDir
    Path home;

    private Bench bench;
    private ConsoleCommand apply;

    @BeforeEach
    void prepare() throws Exception {
        bench = new Bench(home);
        apply = bench.apply();
        bench.configurations
                .with("headgate.device-old.cfg", Map.of("driver", "host"))
                .with("headgate.device-same.cfg", Map.of("driver", "host"))
                .with(GATEWAY, Map.of("id", "gw-1"));
        bench.configurations.put(GATEWAY, "console.port", "8123");
        bench.file("new/headgate.device-same.cfg", "driver = host\n")
                .file("new/headgate.device-old.cfg", "driver = simulator\n")
                .file("new/headgate.rule-r.cfg", "sql = SELECT 1\n")
                .file("new/notes.md", "for people");
    }

    @Test
    void saysWhatChangesAndChangesOnlyThat() throws Exception {
        assertThat(bench.run(apply, "new")).isEqualTo("""
                ~ headgate.device-old.cfg
                + headgate.rule-r.cfg
                2 files applied (revision 1)
                """);
        assertThat(bench.configurations.changes()).hasSize(1);
        assertThat(bench.configurations.changes().get(0).edits()).doesNotContainKey("headgate.device-same.cfg");
        assertThat(bench.settled).as("no driver is concerned").isZero();
        assertThat(bench.run(apply, "new")).isEqualTo("nothing to change: it is so already\n");
    }

    @Test
    void tabNamesTheFoldersAndWhatMayFollow() throws Exception {
        bench.file("other/x.txt", "");
        bench.file("backup.zip", "");
        assertThat(apply.complete(List.of())).containsExactly("new", "other");
        assertThat(apply.complete(List.of("new"))).containsExactly("confirm=5m", "confirm=1h");
        assertThat(apply.complete(List.of("new", "confirm=5m"))).isEmpty();
    }

    @Test
    void removesTheOthersOnlyWhenAskedToButNeverTheGatewaysFile() throws Exception {
        bench.configurations.with("headgate.device-more.cfg", Map.of("driver", "host"));
        bench.run(apply, "new");
        assertThat(bench.configurations.files()).contains("headgate.device-more.cfg");
        assertThat(bench.run(apply, "new", "--replace")).contains("- headgate.device-more.cfg");
        assertThat(bench.configurations.files())
                .containsExactly("headgate.device-old.cfg", "headgate.device-same.cfg", GATEWAY, "headgate.rule-r.cfg");
    }

    @Test
    void theMachineKeepsItsIdentityAndItsPort() throws Exception {
        bench.file("new/" + GATEWAY, "# main\ndrivers = host");
        bench.run(apply, "new");
        assertThat(bench.configurations.values(GATEWAY))
                .containsEntry("id", "gw-1")
                .containsEntry("console.port", "8123")
                .containsEntry("drivers", "host");
        assertThat(bench.settled).isOne();
        bench.file("new/" + GATEWAY, "id = gw-2\n");
        bench.run(apply, "new");
        assertThat(bench.configurations.values(GATEWAY))
                .containsEntry("id", "gw-2")
                .containsEntry("console.port", "8123")
                .doesNotContainKey("drivers");
    }

    @Test
    void triesItOutForAWhile() throws Exception {
        assertThat(bench.run(apply, "confirm=5m", "new"))
                .endsWith("it goes back by itself in 5m unless you type gateway:confirm\n");
        assertThat(bench.revisions.waiting().map(Waiting::left)).contains(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm=", "confirm=9s", "confirm=25h", "confirm=soon"})
    void aWaitThatMakesNoSenseIsRefusedFirst(String word) {
        assertThatThrownBy(() -> bench.run(apply, "new", word))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("expected: a duration such as 5m, from 10s to 24h");
        assertThat(bench.configurations.changes()).isEmpty();
    }

    @Test
    void eachProblemIsNamedAndNothingChanges() throws Exception {
        Files.write(home.resolve("files/new/headgate.device-torn.cfg"), new byte[] {'a', '=', (byte) 0xC3});
        bench.file("new/headgate.devise-x.cfg", "driver = host\n");
        bench.configurations.refuse(List.of("headgate.rule-r.cfg: sql: wrong", "headgate.device-old.cfg: poll: wrong"));
        assertThat(bench.fails(apply, "new")).isEqualTo("""
                error: headgate.device-torn.cfg: not UTF-8 (expected: save the file as UTF-8)
                error: headgate.devise-x.cfg: nobody reads it; did you mean headgate.device-x.cfg?
                error: headgate.rule-r.cfg: sql: wrong
                error: headgate.device-old.cfg: poll: wrong
                """);
        Files.delete(home.resolve("files/new/headgate.device-torn.cfg"));
        Files.delete(home.resolve("files/new/headgate.devise-x.cfg"));
        assertThat(bench.fails(apply, "new"))
                .contains("error: headgate.rule-r.cfg: sql: wrong\nerror: headgate.device-old.cfg: poll: wrong\n");
        assertThat(bench.configurations.changes()).isEmpty();
    }

    @Test
    void whatIsNoFolderOfFilesIsRefused() throws Exception {
        assertThat(bench.fails(apply, "none")).startsWith("error: none: there is no such folder");
        assertThat(bench.fails(apply, "../etc")).contains("outside of");
        Files.createDirectories(home.resolve("files/empty"));
        assertThat(bench.fails(apply, "empty")).isEqualTo("error: empty: no headgate.*.cfg files in it\n");
        bench.file("large/headgate.rule-x.cfg", "#".repeat((1 << 20) + 1));
        assertThat(bench.fails(apply, "large")).contains("expected: at most");
    }
}
