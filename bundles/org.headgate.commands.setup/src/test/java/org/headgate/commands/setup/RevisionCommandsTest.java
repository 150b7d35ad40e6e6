package org.headgate.commands.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.headgate.config.api.Change;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.UsageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionCommandsTest {
    private static final String BOILER = "headgate.device-boiler.cfg";
    private static final String GATEWAY = "headgate.gateway.cfg";

    @TempDir
    Path home;

    private Bench bench;
    private ConsoleCommand revisions;
    private ConsoleCommand diff;
    private ConsoleCommand rollback;

    @BeforeEach
    void prepare() throws Exception {
        bench = new Bench(home);
        revisions = new GatewayRevisionsCommand(bench.revisions);
        diff = new GatewayDiffCommand(bench.configurations, bench.revisions);
        rollback = new GatewayRollbackCommand(bench.configurations, bench.revisions, bench.access, bench);
        bench.revisions
                .with("editor", "the files that were there", Map.of(BOILER, "driver = simulator\npoll = 1s\n"))
                .with(
                        "anna",
                        "device:set boiler",
                        Map.of(BOILER, "driver = simulator\npoll = 2s\n"),
                        "~ " + BOILER,
                        "+ headgate.rule-a.cfg");
        bench.configurations.with(BOILER, Map.of("poll", "3s"));
    }

    @Test
    void listsWhoHasChangedWhat() throws Exception {
        assertThat(bench.run(revisions)).isEqualTo("""
                REVISION  TIME                 BY      STATE      WHAT                       FILES
                       2  2024-11-21 07:02:00  anna    CONFIRMED  device:set boiler          ~ device-boiler (+1)
                       1  2024-11-21 07:01:00  editor  CONFIRMED  the files that were there
                """);
        var json = bench.console.json(revisions, "--json");
        assertThat(json.get(0).get("revision").asInt()).isEqualTo(2);
        assertThat(json.get(0).get("files").get(0).asText()).isEqualTo("~ " + BOILER);
        assertThat(json.get(1).get("time").asLong()).isEqualTo(1_732_172_460_000L);
    }

    @Test
    void showsWhatIsDifferent() throws Exception {
        assertThat(bench.run(diff)).isEqualTo("""
                --- headgate.device-boiler.cfg (1)
                +++ headgate.device-boiler.cfg (2)
                @@ -1,2 +1,2 @@
                 driver = simulator
                -poll = 1s
                +poll = 2s
                """);
        assertThat(bench.run(diff, "2")).contains("(now)", "-driver = simulator", "+poll = 3s");
        assertThat(bench.run(diff, "now", "2")).contains("+++ " + BOILER + " (2)", "-poll = 3s");
        assertThat(bench.run(diff, "1", "1")).isEqualTo("nothing is different between 1 and 1\n");
        assertThat(bench.console
                        .json(diff, "1", "2", "--json")
                        .at("/files/" + BOILER)
                        .size())
                .isEqualTo(4);
        assertThatThrownBy(() -> bench.run(diff, "7"))
                .isInstanceOf(UsageException.class)
                .hasMessage("no revision 7; kept are 1 to 2 (gateway:revisions shows them)");
        bench.revisions.damage(1);
        assertThat(bench.fails(diff, "1")).startsWith("error: revision 1 ");
    }

    @Test
    void goesBackAndSaysHowFar() throws Exception {
        assertThat(bench.run(rollback, "1")).isEqualTo("""
                ~ headgate.device-boiler.cfg (+2 -1 lines)
                back to revision 1 (revision 3)
                """);
        assertThat(bench.configurations.value(BOILER, "poll")).contains("1s");
        assertThat(bench.settled).isZero();
    }

    @Test
    void aPersonIsAskedBefore() throws Exception {
        bench.console.dialogue(Bench.person("n"));
        assertThat(bench.fails(rollback, "1")).contains("error: nothing has changed");
        assertThat(bench.configurations.value(BOILER, "poll")).contains("3s");
        bench.console.dialogue(Bench.person("yes"));
        assertThat(bench.run(rollback, "1")).contains("back to revision 1");
        bench.console.dialogue(Bench.person());
        assertThat(bench.run(rollback, "2", "--yes")).contains("back to revision 2");
    }

    @Test
    void whereDriversAreConcernedItWaitsForThem() throws Exception {
        bench.revisions.with("anna", "driver:install", Map.of(GATEWAY, "drivers = host, acme@1.0.0\n"));
        bench.missing = java.util.List.of("drivers: acme@1.0.0 is not in HOME/var/drivers");
        assertThat(bench.fails(rollback, "3"))
                .contains("back to revision 3", "error: drivers: acme@1.0.0 is not in HOME/var/drivers");
        assertThat(bench.settled).isOne();
    }

    @Test
    void whatWaitsIsShownAndConfirmed() throws Exception {
        ConsoleCommand confirm = new GatewayConfirmCommand(bench.revisions);
        assertThat(bench.fails(confirm)).isEqualTo("error: nothing waits to be confirmed\n");
        bench.revisions.tryOut(
                Change.by("anna", "gateway:apply x confirm=5m").set(BOILER, "poll", "4s"),
                java.time.Duration.ofMinutes(5));
        assertThat(bench.run(revisions)).contains("revision 3 goes back to 2 in 300 s unless you type gateway:confirm");
        assertThat(bench.run(confirm)).isEqualTo("revision 3 is confirmed and stays\n");
    }
}
