package org.headgate.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.console.api.kit.Console;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.outbox.api.Priority;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class OutboxStatusCommandTest {
    private static final long MIB = 1 << 20;

    private final Console console = new Console();
    private Duration maxAge = Duration.ZERO;
    private final SimulatedSystem system = new SimulatedSystem(1);

    private OutboxStatusCommand command(OutboxStatus... logs) {
        return new OutboxStatusCommand(
                new Outbox() {
                    @Override
                    public OutboxLog open(OutboxName name, OutboxSettings settings, Runnable readable) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public void waiting(OutboxName name, int change) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public void abandoned(OutboxName name, int rows) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public List<OutboxStatus> list() {
                        return List.of(logs);
                    }
                },
                system);
    }

    private OutboxStatus status(
            Priority priority, long queued, long bytes, int segments, double rate, long oldestNanos, String problem) {
        FlowSnapshot flow = new FlowSnapshot(
                "outbox:cloud", "cloud", queued + 7, 0, 0, 0, 0, queued, Map.of("outbox-full", 7L), 0, 0);
        return new OutboxStatus(
                new OutboxName("cloud", priority),
                "01J",
                flow,
                bytes,
                32 * MIB,
                maxAge,
                segments,
                queued / 2,
                3,
                600,
                50 * MIB,
                Duration.ofHours(6).toNanos(),
                oldestNanos,
                rate,
                9,
                problem);
    }

    private long ago(Duration age) {
        return SimulatedSystem.START_NANOS - age.toNanos();
    }

    @Test
    void saysForEachLogWhatWaitsHowLongItLastsAndWhatItWears() throws Exception {
        String shown = console.run(command(
                status(Priority.HIGH, 42, 8 * MIB, 8, 256, ago(Duration.ofHours(3)), ""),
                status(Priority.NORMAL, 0, MIB, 1, 0, 0, "")));
        List<String> lines = shown.lines().toList();
        assertThat(lines.get(0).split(" {2,}"))
                .containsExactly(
                        "UPLINK", "QUEUED", "BACKLOG", "AT RISK", "OLDEST", "ON DISK", "LASTS", "SYNCS/D", "WROTE/D",
                        "DROPPED", "PROBLEM");
        assertThat(lines.get(1).split(" {2,}"))
                .containsExactly("cloud/high", "42", "21", "3", "3 h", "8.0/32M", "27 h", "2400", "200M", "7");
        assertThat(lines.get(2)).contains(" -  ", "1.0/32M");
    }

    /** The oldest has waited for three hours of the five that it may; by its size it would last for 27. */
    @Test
    void rowsThatBecomeTooOldBeforeTheLogIsFullEndItSooner() throws Exception {
        maxAge = Duration.ofHours(5);
        assertThat(console.run(command(status(Priority.HIGH, 42, 8 * MIB, 8, 256, ago(Duration.ofHours(3)), ""))))
                .contains("8.0/32M    2 h ")
                .doesNotContain("27 h");
        assertThat(console.run(command(status(Priority.HIGH, 0, 8 * MIB, 8, 256, 0, ""))))
                .contains(" 5 h ");
        assertThat(console.run(command(status(Priority.HIGH, 42, 8 * MIB, 8, 1e4, ago(Duration.ofHours(3)), ""))))
                .contains("41 min");
    }

    @Test
    void aLogAtItsLimitIsFullAndNotHowLongItLasts() throws Exception {
        assertThat(console.run(command(status(Priority.LOW, 9, 31 * MIB, 62, 100, ago(Duration.ofDays(9)), ""))))
                .contains(" full ");
        assertThat(console.run(command(status(Priority.LOW, 9, 16 * MIB, 32, 100, ago(Duration.ofDays(9)), ""))))
                .doesNotContain(" full ");
    }

    @Test
    void keepsTo100ColumnsWhateverTheNumbersAndExplainsTheProblemBelow() throws Exception {
        String problem = "cannot write: No space left on device: make room or give it a smaller outbox.max-bytes";
        String shown = console.run(command(
                status(Priority.HIGH, 123_456_789, 31 * MIB, 62, 1e6, ago(Duration.ofDays(900)), problem),
                status(Priority.NORMAL, 1_234_567, MIB, 1, 1e-3, ago(Duration.ofSeconds(100)), "")));
        assertThat(shown.lines()).allMatch(line -> line.length() <= 100);
        assertThat(shown.replaceAll("\\s+", " "))
                .contains(problem)
                .contains("123M")
                .contains("1234k")
                .contains("900 d");
    }

    @Test
    void jsonHasTheExactNumbers() throws Exception {
        JsonNode log = console.json(
                        command(status(Priority.HIGH, 1_234_567, 8 * MIB, 8, 256.5, ago(Duration.ofHours(3)), "")),
                        "--json")
                .get(0);
        assertThat(log.get("uplink").asText()).isEqualTo("cloud");
        assertThat(log.get("priority").asText()).isEqualTo("high");
        assertThat(log.get("queued").asLong()).isEqualTo(1_234_567);
        assertThat(log.get("backlog").asLong()).isEqualTo(617_283);
        assertThat(log.get("atRisk").asLong()).isEqualTo(3);
        assertThat(log.get("refusedNotKept").asLong()).isEqualTo(9);
        assertThat(log.get("bytes").asLong()).isEqualTo(8 * MIB);
        assertThat(log.get("maxBytes").asLong()).isEqualTo(32 * MIB);
        assertThat(log.get("full").asBoolean()).isFalse();
        assertThat(log.get("bytesPerSecond").asDouble()).isEqualTo(256.5);
        assertThat(log.get("lastsSeconds").asLong()).isEqualTo((long) (24 * MIB / 256.5));
        assertThat(log.get("syncs").asLong()).isEqualTo(600);
        assertThat(log.get("bytesWritten").asLong()).isEqualTo(50 * MIB);
        assertThat(log.get("openSeconds").asLong()).isEqualTo(21_600);
        assertThat(log.get("dropped").get("outbox-full").asLong()).isEqualTo(7);
        assertThat(log.get("oldest").asLong()).isEqualTo(ago(Duration.ofHours(3)) / 1_000_000);
    }
}
