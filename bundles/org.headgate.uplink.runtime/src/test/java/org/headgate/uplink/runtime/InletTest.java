package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.List;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.log.SegmentOutbox;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** Rows that come before their outbox is open wait for it: not more of them than the heap bears. */
class InletTest {
    private static final Schema SCHEMA = Schema.of(Column.of("text", Type.STRING));

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final SegmentOutbox outbox = new SegmentOutbox(new MemoryStorage(), system, system, system, system);
    private final Inlet inlet = new Inlet(OutboxName.of("cloud"), outbox, new ClockHold(system));

    private static Row row(int length) {
        return Row.builder(SCHEMA).set(0, (Object) "x".repeat(length)).build(1, ClockState.SYNCED);
    }

    private int fill(Row row) {
        int taken = 0;
        try {
            for (; taken < 100_000; taken++) {
                inlet.row("a", row);
            }
        } catch (IllegalStateException full) {
            assertThat(full).hasMessage("the outbox is not open");
        }
        return taken;
    }

    @Test
    void smallRowsAreLimitedByTheirNumber() {
        assertThat(fill(row(1))).isEqualTo(Inlet.MOST);
    }

    @Test
    void largeRowsAreLimitedByWhatTheyTake() {
        int length = 64 << 10;
        assertThat(fill(row(length))).isEqualTo((int) (Inlet.MOST_BYTES / (length + 200)));
        assertThatIllegalStateException().isThrownBy(() -> inlet.row("a", row(length)));
    }

    @Test
    void whatHasWaitedGoesIntoTheLogAndThereIsRoomAgain() throws IOException {
        int waiting = fill(row(64 << 10));
        inlet.open(OutboxSettings.DEFAULT, () -> {});
        inlet.row("a", row(64 << 10));
        assertThat(outbox.flows().get(0).queued()).isEqualTo(waiting + 1);
    }

    @Test
    void whatNobodyOpensALogForIsCountedWhenItIsClosed() {
        int waiting = fill(row(64 << 10));
        inlet.close();
        assertThat(outbox.flows().get(0).dropped()).containsEntry(DropReason.STOPPED.label(), (long) waiting);
        assertThat(List.of(outbox.flows().get(0).imbalance())).containsExactly(0L);
    }
}
