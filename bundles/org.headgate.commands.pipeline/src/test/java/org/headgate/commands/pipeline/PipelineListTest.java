package org.headgate.commands.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.headgate.console.api.kit.Console;
import org.headgate.rule.api.RuleStatus;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.UplinkStatus;
import org.junit.jupiter.api.Test;

class PipelineListTest {
    private static final long NOW = SimulatedSystem.START_NANOS;

    private final Console console = new Console();

    @Test
    void ruleListShowsTheReasonInPlaceOfTheTextWhenThereIsOne() throws Exception {
        RuleListCommand command = new RuleListCommand(() -> List.of(
                new RuleStatus("avg", "SELECT avg(t) FROM boiler", RuleStatus.State.RUNNING, "", 10, 1, 0),
                new RuleStatus("bad", "SELECT", RuleStatus.State.INVALID, "line 1, column 7: expected", 0, 0, 0)));
        assertThat(console.run(command)).isEqualTo("""
                        NAME  STATE    IN  OUT  ERRORS  DETAIL OR SQL
                        avg   RUNNING  10    1       0  SELECT avg(t) FROM boiler
                        bad   INVALID   0    0       0  line 1, column 7: expected
                        """);
        assertThat(console.json(command, "--json").get(0).get("sql").asText()).isEqualTo("SELECT avg(t) FROM boiler");
    }

    @Test
    void uplinkListFitsTheScreen() throws Exception {
        UplinkListCommand command =
                new UplinkListCommand(() -> List.of(uplink("mqtt://a-rather-long-name.example.org")));
        assertThat(console.run(command)).contains("cloud", "OFFLINE", "12.1 KiB");
        assertThat(console.json(command, "--json").get(0).get("firstAck").asLong())
                .isEqualTo(NOW);
    }

    private static UplinkStatus uplink(String address) {
        return new UplinkStatus(
                "cloud",
                "mqtt",
                address,
                UplinkStatus.State.OFFLINE,
                "connection refused; next try in 0.5 s",
                NOW,
                7,
                12_345,
                3,
                0,
                0,
                0,
                1,
                NOW,
                UplinkStatus.Ignored.NOTHING);
    }
}
