package org.headgate.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class ClockReportTest {
    private final SimulatedSystem system = new SimulatedSystem(1);

    @Test
    void saysWhetherTheClockIsSetWhatWaitsForItAndHowFarItJumped() {
        assertThat(report().text()).isEqualTo("set");
        assertThat(report().json().toString()).isEqualTo("{\"state\":\"synced\"}");
        system.clockSet(false);
        assertThat(report().text()).isEqualTo("not set: 12 rows wait in outboxes");
        assertThat(report().json().toString()).isEqualTo("{\"state\":\"unset\",\"rowsWaiting\":12}");
        system.clockSet(true);
        system.step(Duration.ofHours(1));
        system.advance(Duration.ofSeconds(12));
        assertThat(report().text()).isEqualTo("stepped by +3600.0 s 12 s ago");
        assertThat(report().json().toString())
                .isEqualTo("{\"state\":\"stepped\",\"steppedBySeconds\":3600,\"steppedSecondsAgo\":12}");
        system.advance(Duration.ofMinutes(1));
        assertThat(report().text()).isEqualTo("set");
    }

    private ClockReport report() {
        return ClockReport.of(system, new TwelveRows());
    }

    private static final class TwelveRows implements Outbox {
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
            FlowSnapshot flow = new FlowSnapshot("outbox:u", "u", 12, 0, 0, 0, 0, 12, Map.of(), 0, 0);
            return List.of(new OutboxStatus(
                    OutboxName.of("u"), "01J", flow, 0, 1 << 20, Duration.ZERO, 1, 0, 0, 0, 0, 0, 0, 0, 0, ""));
        }
    }
}
