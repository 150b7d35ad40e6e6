package org.headgate.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.headgate.console.api.kit.Console;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.outbox.api.Priority;
import org.headgate.outbox.api.RefusedBatches;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class OutboxRefusedCommandsTest {
    private static final Schema SCHEMA =
            Schema.of(new Column("temperature", Type.DOUBLE, "Cel"), Column.of("text", Type.STRING));
    private static final OutboxName HIGH = new OutboxName("cloud", Priority.HIGH);

    private final Console console = new Console();
    private final Disk disk = new Disk();
    private final OutboxRefusedCommand show = new OutboxRefusedCommand(disk, disk);
    private final OutboxClearRefusedCommand clear = new OutboxClearRefusedCommand(disk, disk);

    /** Two outboxes of one uplink and one of another. */
    private static final class Disk implements Outbox, RefusedBatches {
        private final Map<OutboxName, List<OutboxBatch>> kept = new TreeMap<>(Map.of(
                HIGH,
                new ArrayList<>(),
                OutboxName.of("cloud"),
                new ArrayList<>(),
                OutboxName.of("backup"),
                new ArrayList<>()));
        private Optional<String> broken = Optional.empty();
        private long lost;

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
            FlowSnapshot flow = new FlowSnapshot("outbox:cloud", "cloud", 0, 0, 0, 0, 0, 0, Map.of(), 0, 0);
            return kept.keySet().stream()
                    .map(name -> new OutboxStatus(
                            name, "01J", flow, 0, 1 << 20, Duration.ZERO, 1, 0, 0, 0, 0, 0, 0, 0, lost, ""))
                    .toList();
        }

        @Override
        public List<OutboxBatch> list(OutboxName name) throws IOException {
            if (broken.isPresent()) {
                throw new IOException(broken.get());
            }
            return kept.get(name);
        }

        @Override
        public int clear(OutboxName name) {
            int count = kept.get(name).size();
            kept.get(name).clear();
            return count;
        }
    }

    private static OutboxBatch batch(String stream, long seq, String... texts) {
        List<Row> rows = new ArrayList<>();
        for (String text : texts) {
            rows.add(Row.builder(SCHEMA)
                    .set(0, 71.25)
                    .set(1, (Object) text)
                    .build(SimulatedSystem.START_NANOS, ClockState.SYNCED));
        }
        return new OutboxBatch(0, stream, "01J", seq, rows, Map.of(), false, true, false, OutboxBatch.Part.WHOLE);
    }

    @Test
    void showsEachRowThatIsKeptAndHowManyAreNot() throws Exception {
        disk.kept.get(HIGH).add(batch("boiler", 101, "a", "b"));
        disk.kept.get(OutboxName.of("backup")).add(batch("pump", 7, "\u001b[2J"));
        disk.lost = 1;
        assertThat(console.run(show).lines())
                .containsExactly(
                        "backup 2024-11-21 07:00:00 pump #7 temperature=71.25 text=?[2J",
                        "cloud/high 2024-11-21 07:00:00 boiler #101 temperature=71.25 text=a",
                        "cloud/high 2024-11-21 07:00:00 boiler #101 temperature=71.25 text=b",
                        "3 refused rows are kept, 3 are not");
        assertThat(console.run(show, "backup")).contains("pump").doesNotContain("boiler");
    }

    @Test
    void jsonHasWhatIsNeededToSendThemBySomeOtherWay() throws Exception {
        disk.kept.get(HIGH).add(batch("boiler", 101, "a", "b"));
        disk.kept.get(OutboxName.of("cloud")).add(batch("pump", 7, "c"));
        JsonNode all = console.json(show, "cloud", "--json");
        assertThat(all).hasSize(2);
        assertThat(all.findValuesAsText("stream")).startsWith("boiler");
        JsonNode first = all.get(0);
        assertThat(first.get("priority").asText()).isEqualTo("high");
        assertThat(first.get("log").asText()).isEqualTo("01J");
        assertThat(first.get("seq").asLong()).isEqualTo(101);
        assertThat(first.at("/rows/1/data/text").asText()).isEqualTo("b");
        assertThat(console.json(show, "backup", "--json")).isEmpty();
    }

    @Test
    void saysThatNothingWasRefusedAndWhichOutboxesThereAre() throws Exception {
        assertThat(console.run(show)).isEqualTo("no row was refused\n");
        assertThat(console.run(show, "clowd")).contains("did you mean cloud?");
        assertThat(console.status()).isEqualTo(1);
        disk.broken = Optional.of("Input/output error");
        assertThat(console.run(show)).contains("backup: Input/output error");
        assertThat(console.status()).isEqualTo(1);
    }

    @Test
    void theyAreDeletedWhenSomebodyWantsIt() throws Exception {
        disk.kept.get(HIGH).add(batch("boiler", 101, "a", "b"));
        disk.kept.get(OutboxName.of("backup")).add(batch("pump", 7, "c"));
        assertThat(console.run(clear, "cloud")).contains("2 rows").contains("--yes");
        assertThat(console.status()).isEqualTo(1);
        assertThat(disk.kept.get(HIGH)).hasSize(1);
        assertThat(console.run(clear, "cloud", "--yes")).isEqualTo("cloud: 1 refused batches deleted\n");
        assertThat(disk.kept.get(HIGH)).isEmpty();
        assertThat(disk.kept.get(OutboxName.of("backup"))).hasSize(1);
        assertThat(console.json(clear, "cloud", "--json").get("batches").asInt())
                .as("nothing is there to be asked about")
                .isZero();
    }
}
