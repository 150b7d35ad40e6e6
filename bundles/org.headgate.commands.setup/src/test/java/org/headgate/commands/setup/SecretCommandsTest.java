package org.headgate.commands.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.UsageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretCommandsTest {
    @TempDir
    Path home;

    private Bench bench;
    private ConsoleCommand set;
    private ConsoleCommand list;
    private ConsoleCommand remove;

    @BeforeEach
    void prepare() throws Exception {
        bench = new Bench(home);
        set = new SecretSetCommand(bench, bench.configurations, bench.revisions, bench);
        list = new SecretListCommand(bench, bench.configurations, bench.revisions);
        remove = new SecretRemoveCommand(bench, bench.configurations, bench.revisions);
        bench.configurations
                .with("headgate.uplink-a.cfg", Map.of("password", "@mqtt"))
                .with("headgate.uplink-b.cfg", Map.of("password", "@other"))
                .with("headgate.uplink-c.cfg", Map.of("password", "@mqtt"));
    }

    @Test
    void asksTwiceAndShowsNothing() throws Exception {
        bench.console.dialogue(Bench.person("s3cret ", "s3cret "));
        assertThat(bench.run(set, "mqtt")).isEqualTo("mqtt is kept; settings name it as @mqtt\n");
        assertThat(bench.secrets).containsEntry("mqtt", "s3cret ");
        bench.console.dialogue(Bench.person("one", "two"));
        assertThat(bench.fails(set, "mqtt")).isEqualTo("error: not the same; nothing has changed\n");
        bench.console.dialogue(Bench.person("", ""));
        assertThat(bench.fails(set, "mqtt")).contains("nothing was typed");
        assertThat(bench.secrets).containsEntry("mqtt", "s3cret ");
    }

    @Test
    void aProgramNamesAFileThatIsGoneAfterwards() throws Exception {
        assertThat(bench.fails(set, "mqtt")).contains("expected: --from FILE");
        bench.file("password.txt", "pässword\r\nand more\n");
        bench.run(set, "mqtt", "--from", "password.txt");
        assertThat(bench.secrets).containsEntry("mqtt", "pässword");
        assertThat(home.resolve("files/password.txt")).doesNotExist();
        bench.file("empty", "\nx");
        assertThat(bench.fails(set, "mqtt", "--from", "empty")).contains("its first line is empty");
        assertThat(home.resolve("files/empty")).exists();
        assertThat(bench.fails(set, "mqtt", "--from", "../secrets/x")).contains("outside of");
    }

    @Test
    void aKeyIsKeptWithAllItsLines() throws Exception {
        bench.file("gw1.key", "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n");
        bench.run(set, "gw1.key", "--file", "gw1.key");
        assertThat(bench.secrets.get("gw1.key")).startsWith("-----BEGIN").contains("\nMIIE\n");
        assertThat(home.resolve("files/gw1.key")).doesNotExist();
        assertThat(bench.fails(set, "gw1.key", "--file", "../secrets/x")).contains("outside of");
        assertThatThrownBy(() -> bench.run(set, "x", "--file", "a", "--from", "b"))
                .isInstanceOf(UsageException.class);
    }

    @Test
    void aNameThatNoSettingCouldNameIsRefused() {
        for (String name : new String[] {"../x", ".x", "a b", "@mqtt", "", "x".repeat(64)}) {
            assertThatThrownBy(() -> bench.run(set, name))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("beginning with a letter or a digit");
        }
    }

    @Test
    void listsWhoUsesWhichAndWhatIsMissing() throws Exception {
        bench.secrets.put("mqtt", "s3cret");
        bench.secrets.put("unused", "s3cret");
        assertThat(bench.run(list)).isEqualTo("""
                SECRET  STATE    USED BY
                mqtt    SET      headgate.uplink-a.cfg, headgate.uplink-c.cfg
                other   MISSING  headgate.uplink-b.cfg
                unused  SET
                """);
        assertThat(bench.run(list, "--json"))
                .contains("\"name\":\"other\",\"state\":\"MISSING\"")
                .doesNotContain("s3");
    }

    @Test
    void oneThatIsUsedIsRemovedOnlyWhenThatIsMeant() throws Exception {
        bench.secrets.put("mqtt", "s3cret");
        assertThat(bench.fails(remove, "mqtt"))
                .isEqualTo("error: mqtt is used by headgate.uplink-a.cfg, headgate.uplink-c.cfg (expected: --yes)\n");
        assertThat(bench.fails(remove, "mqt")).contains("no secret mqt; did you mean mqtt? secret:list shows them");
        bench.run(remove, "mqtt", "--yes");
        assertThat(bench.secrets).isEmpty();
        assertThat(bench.fails(remove, "mqtt")).contains("no secret mqtt; secret:list shows them");
    }
}
