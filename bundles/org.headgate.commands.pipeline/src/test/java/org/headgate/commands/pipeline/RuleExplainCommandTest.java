package org.headgate.commands.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.console.api.kit.Console;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.rule.api.RuleExplanation;
import org.headgate.rule.api.RuleReader;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.Rules;
import org.headgate.rule.api.TableStatus;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class RuleExplainCommandTest {
    private final Console console = new Console();
    private RuleExplanation explained = new RuleExplanation(
            new RuleStatus("avg", "SELECT avg(t) AS a FROM boiler", RuleStatus.State.RUNNING, "", 7, 3, 0),
            List.of(new RuleExplanation.Step("reads", "boiler (t DOUBLE)")),
            new RuleExplanation.Held(4, 1, 900, 16 << 20),
            Optional.of(new RuleExplanation.Checkpoint(10_000, 1_000_000_000L, 120, 4, 1000)),
            new RuleExplanation.Cost(81.4, 3),
            List.of(new FlowSnapshot("boiler", "rule:avg", 7, 0, 0, 0, 2, 4, Map.of("limit", 1L), 3, 0)));

    private final Rules rules = new Rules() {
        @Override
        public List<RuleStatus> list() {
            return List.of(explained.status());
        }

        @Override
        public Optional<RuleExplanation> explain(String name) {
            return Optional.of(explained).filter(rule -> rule.status().name().equals(name));
        }
    };
    private final RuleExplainCommand command = new RuleExplainCommand(
            rules,
            new RuleEdits(
                    new MemoryConfigurations(),
                    rules,
                    sql -> new RuleReader.Reading(Optional.empty(), Optional.empty()),
                    new SimulatedSystem(1)));

    @Test
    void showsStepsStateAndCost() throws Exception {
        assertThat(console.run(command, "avg")).isEqualTo("""
                        rule          avg
                        state         RUNNING
                        reads         boiler (t DOUBLE)
                        held          4 rows, 1 groups
                        memory        about 900 of 16777216 bytes
                        checkpoint    every 10.0 s, last 1970-01-01 00:00:01 UTC, 120 bytes
                        a crash costs 4 rows, those since the last checkpoint
                        missing       up to 1000 rows, by crashes since the last stop
                        a row takes   81 ns, by 3 that were measured
                        from boiler   7 in, 0 recovered, 0 passed, 0 filtered, 2 aggregated, 4 queued, 1 dropped: limit; 3
                                      emitted
                        """);
    }

    @Test
    void aRuleWithoutACheckpointLosesWhatItHolds() throws Exception {
        explained = new RuleExplanation(
                explained.status(),
                List.of(),
                explained.held(),
                Optional.empty(),
                new RuleExplanation.Cost(0, 0),
                List.of());
        assertThat(console.run(command, "avg"))
                .contains("checkpoint    none\n", "a crash costs what is held\n", "a row takes   not measured yet\n")
                .doesNotContain("missing");
    }

    @Test
    void theSameAsJson() throws Exception {
        JsonNode json = console.json(command, "avg", "--json");
        assertThat(json.get("steps").get(0).get("text").asText()).isEqualTo("boiler (t DOUBLE)");
        assertThat(json.get("checkpoint").get("rowsSince").asLong()).isEqualTo(4);
        assertThat(json.get("edges").get(0).get("dropped").get("limit").asLong())
                .isEqualTo(1);
    }

    @Test
    void listsTables() throws Exception {
        RuleTablesCommand tables = new RuleTablesCommand(() -> List.of(
                new TableStatus(
                        "limits",
                        "file limits.json",
                        TableStatus.State.INVALID,
                        "limits.json: there is no such file in /home/files",
                        List.of(),
                        0,
                        0),
                new TableStatus(
                        "plants",
                        "file plants.csv",
                        TableStatus.State.READY,
                        "",
                        List.of("id LONG", "name STRING"),
                        2,
                        5_000_000)));
        assertThat(console.run(tables)).isEqualTo("""
                        NAME    SOURCE            STATE    ROWS  DETAIL OR COLUMNS
                        limits  file limits.json  INVALID     0  limits.json: there is no such file in /home/files
                        plants  file plants.csv   READY       2  id LONG, name STRING
                        """);
        assertThat(console.json(tables, "--json").get(1).get("columns").get(0).asText())
                .isEqualTo("id LONG");
    }
}
