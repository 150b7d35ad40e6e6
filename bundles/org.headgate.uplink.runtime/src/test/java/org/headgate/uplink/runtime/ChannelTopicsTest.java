package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.payload.json.JsonFormat;
import org.junit.jupiter.api.Test;

/** Batches that go in a message for each channel: what is refused of them, and what there is of them at all. */
class ChannelTopicsTest {
    private static final int ROWS = 16;
    private static final Schema SCHEMA =
            Schema.of(new Column("n", Type.LONG, ""), new Column("b", Type.LONG, ""), new Column("c", Type.LONG, ""));

    private final Site site = new Site(new JsonFormat());

    private void publish(int rows) {
        for (long i = 0; i < rows; i++) {
            site.bus.publish(
                    "boiler",
                    Row.builder(SCHEMA)
                            .set(0, i)
                            .set(1, 100 + i)
                            .set(2, 200 + i)
                            .build(site.system.epochNanos(), ClockState.SYNCED));
        }
    }

    private List<String> of(String channel) {
        return site.server.received.stream()
                .filter(message -> message.startsWith("t/boiler/" + channel + " "))
                .toList();
    }

    @Test
    void aBatchNoneOfWhoseTopicsIsAllowedIsCutOnceForEachOfThem() {
        site.server.poison = "t/boiler/";
        site.uplink("topic", "t/{stream}/{channel}");
        publish(ROWS);
        site.seconds(5);
        assertThat(site.server.sent).isEqualTo(3 * (2 * ROWS - 1));
        assertThat(site.flow("outbox:cloud").dropped()).containsEntry("refused", (long) ROWS);
        assertThat(site.flow("outbox:cloud").queued()).isZero();
    }

    @Test
    void whatOtherTopicsHaveTakenDoesNotGoOutAgainWhenOneIsRefused() {
        site.server.poison = "t/boiler/b ";
        site.uplink("topic", "t/{stream}/{channel}");
        publish(ROWS);
        site.seconds(5);
        assertThat(of("n")).hasSize(1);
        assertThat(of("c")).hasSize(1);
        assertThat(site.server.sent).isEqualTo(2 + 2 * ROWS - 1);
        // A row has passed when all of it has: what is missing of it stands in quarantine.
        assertThat(site.flow("outbox:cloud").dropped()).containsEntry("refused", (long) ROWS);
    }

    @Test
    void oneValueAtFaultCostsItsOwnRowOnly() {
        site.server.poison = "\"b\":107}";
        site.uplink("topic", "t/{stream}/{channel}");
        publish(ROWS);
        site.seconds(5);
        assertThat(of("n")).hasSize(1);
        assertThat(of("c")).hasSize(1);
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(ROWS - 1);
        assertThat(site.flow("outbox:cloud").dropped()).containsEntry("refused", 1L);
        String all = String.join("", Site.deduplicated(site.server.received));
        for (int i = 0; i < ROWS; i++) {
            assertThat(all).contains("\"n\":" + i + "}", "\"c\":" + (200 + i) + "}");
            assertThat(all.contains("\"b\":" + (100 + i) + "}")).isEqualTo(i != 7);
        }
    }

    @Test
    void aDeviceWhoseTopicIsRefusedCostsTheRowsOfNoOther() {
        Schema named = Schema.of(new Column("device", Type.STRING, ""), new Column("n", Type.LONG, ""));
        site.server.poison = "t/fan ";
        site.uplink("topic", "t/{device}");
        for (long i = 0; i < ROWS; i++) {
            site.bus.publish(
                    "avg",
                    Row.builder(named)
                            .set(0, (Object) (i == 3 || i == 4 ? "fan" : "pump"))
                            .set(1, i)
                            .build(site.system.epochNanos(), ClockState.SYNCED));
        }
        site.seconds(5);
        assertThat(site.server.received).hasSize(1);
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(ROWS - 2);
        assertThat(site.flow("outbox:cloud").dropped()).containsEntry("refused", 2L);
        assertThat(site.flow("outbox:cloud").queued()).isZero();
    }

    /** The link breaks while one channel goes in pieces: what has arrived of it says nothing of the others. */
    @Test
    void aLinkThatBreaksAmongThePiecesOfOneChannelLosesNoOther() {
        site.server.poison = "\"b\":107}";
        site.server.breaksAfter = 4;
        site.server.window = 1;
        site.uplink("topic", "t/{stream}/{channel}", "state.topic", "none");
        publish(ROWS);
        site.seconds(10);
        site.server.breaksAfter = Integer.MAX_VALUE;
        site.seconds(60);
        String all = String.join("", site.server.received);
        for (int i = 0; i < ROWS; i++) {
            assertThat(all).contains("\"n\":" + i + "}", "\"c\":" + (200 + i) + "}");
        }
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(ROWS - 1);
    }

    /** A device that is away gives rows of which each value is absent: no channel has anything to say. */
    @Test
    void rowsWithoutAnyValueAreSettledAndDoNotStayQueued() {
        site.uplink("topic", "t/{stream}/{channel}");
        site.bus.publish("boiler", Row.builder(SCHEMA).build(site.system.epochNanos(), ClockState.SYNCED));
        site.seconds(2);
        publish(1);
        site.seconds(2);
        assertThat(site.server.received).hasSize(3);
        assertThat(site.flow("outbox:cloud").queued()).isZero();
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(2);
    }
}
