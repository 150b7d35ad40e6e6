package org.headgate.command.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Origin;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    private final AuditLog log = new AuditLog(new SimulatedSystem(1));

    @Test
    void saysWhoFromWhereWhatAndWhatBecameOfIt() {
        Command command = new Command(
                "1",
                "device.write",
                Map.of("device", "boiler", "channel", "pump", "value", "on"),
                Origin.console("admin"),
                OptionalLong.empty());
        assertThat(log.line(command, CommandResult.done(command, "pump = true")))
                .isEqualTo("{\"time\":\"2024-11-21T07:00:00Z\",\"id\":\"1\",\"from\":\"console\",\"who\":\"admin\","
                        + "\"command\":\"device.write\",\"arguments\":{\"channel\":\"pump\",\"device\":\"boiler\","
                        + "\"value\":\"on\"},\"result\":\"DONE\",\"message\":\"pump = true\"}");
    }

    /** Whoever can send a command must not be able to write a second line, or to hide one on the reader's terminal. */
    @Test
    void nothingInACommandCanForgeALineOrMoveACursor() throws Exception {
        String evil =
                "on\n{\"result\":\"DONE\"}\r\u001b[2K\u009b1A\u0085\u2028\u2029\u202e\u200b\ufeff\u0000\u007f\"\\\ud83d\ude00";
        Command command = new Command(evil, evil, Map.of(evil, evil), new Origin(evil, evil), OptionalLong.empty());
        String line = log.line(command, CommandResult.refused(command, evil));
        assertThat(line.chars()).allMatch(c -> c >= ' ' && c < 0x7f);
        JsonNode read = new ObjectMapper().readTree(line);
        assertThat(read.get("id").textValue()).isEqualTo(evil);
        assertThat(read.get("who").textValue()).isEqualTo(evil);
        assertThat(read.get("from").textValue()).isEqualTo(evil);
        assertThat(read.get("command").textValue()).isEqualTo(evil);
        assertThat(read.get("arguments").get(evil).textValue()).isEqualTo(evil);
        assertThat(read.get("message").textValue()).isEqualTo(evil);
        assertThat(read.get("result").textValue()).isEqualTo("REFUSED");
    }

    @Test
    void whatCanBeSeenStaysAsItIs() {
        Command command = Command.of("device.write", Map.of("value", "21 °C, größer 水"), Origin.rule("r"));
        assertThat(log.line(command, CommandResult.done(command, ""))).contains("\"21 °C, größer 水\"");
    }

    @Test
    void aLineIsBoundedHoweverLargeTheCommandIs() throws Exception {
        Map<String, String> arguments = new TreeMap<>();
        for (int i = 0; i < 1000; i++) {
            arguments.put("k" + i + "x".repeat(10_000), "y".repeat(10_000));
        }
        Command command = Command.of("z".repeat(10_000), arguments, Origin.cloud("c".repeat(10_000)));
        String line = log.line(command, CommandResult.failed(command, "m".repeat(10_000)));
        assertThat(line).hasSizeLessThan(20_000);
        JsonNode read = new ObjectMapper().readTree(line);
        assertThat(read.get("arguments").size()).isEqualTo(33);
        assertThat(read.get("arguments").get("…").textValue()).isEqualTo("968 more");
        assertThat(read.get("message").textValue()).isEqualTo("m".repeat(1024) + "…");
    }
}
