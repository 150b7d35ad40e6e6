package org.headgate.command.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.stream.api.Events;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.bus.MemoryStreamBus;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class EventAuditTest {
    private static final Schema SCHEMA = Schema.of(
            new Column("kind", Type.STRING, ""),
            new Column("source", Type.STRING, ""),
            new Column("state", Type.STRING, ""),
            new Column("detail", Type.STRING, ""),
            new Column("count", Type.LONG, ""));

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final MemoryStreamBus bus = new MemoryStreamBus(system);
    private final List<String> lines = new ArrayList<>();
    private final AuditLog log = new AuditLog(system);

    private static Row event(String kind, String detail) {
        return Row.builder(SCHEMA)
                .set(0, kind)
                .set(1, "panel")
                .set(2, "cover")
                .set(3, detail)
                .set(4, 2L)
                .build(SimulatedSystem.START_NANOS, ClockState.SYNCED);
    }

    @Test
    void writesDownWhoWasRefusedAndWhoWasThereAndNothingElse() {
        EventAudit audit = new EventAudit(bus, row -> lines.add(log.line(row)));
        try (Publisher events = bus.publisher(Events.STREAM)) {
            for (String kind : List.of("DEVICE", "TAMPER", "DROP", "SECURITY")) {
                events.publish(event(kind, "open"));
            }
            system.run();
            assertThat(lines)
                    .containsExactly(
                            "{\"time\":\"2024-11-21T07:00:00Z\",\"event\":\"TAMPER\",\"source\":\"panel\",\"state\":\"cover\","
                                    + "\"detail\":\"open\",\"count\":2}",
                            "{\"time\":\"2024-11-21T07:00:00Z\",\"event\":\"SECURITY\",\"source\":\"panel\",\"state\":\"cover\","
                                    + "\"detail\":\"open\",\"count\":2}");
            audit.stop();
            events.publish(event("TAMPER", "late"));
            system.run();
            assertThat(lines).hasSize(2);
        }
    }

    @Test
    void nothingInAnEventCanForgeALineAndLongOnesAreCut() {
        String line = log.line(event("TAMPER", "x\n{\"event\":\"SECURITY\"}\u001b[2K" + "y".repeat(5000)));
        assertThat(line.chars()).allMatch(c -> c >= ' ' && (c < 0x7f || c == '…'));
        assertThat(line)
                .contains("{\\\"event\\\":\\\"SECURITY\\\"}")
                .endsWith("y…\",\"count\":2}")
                .hasSizeLessThan(1300);
    }
}
