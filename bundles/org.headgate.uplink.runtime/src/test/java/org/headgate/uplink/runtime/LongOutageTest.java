package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.log.SegmentOutbox;
import org.headgate.payload.json.JsonFormat;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.UplinkStatus.State;
import org.junit.jupiter.api.Test;

/** A server that is away for three days, at 100 rows a second: 25,920,000 rows in simulated time. */
class LongOutageTest {
    private static final Schema SCHEMA = Schema.of(new Column("n", Type.LONG, ""));
    private static final Pattern MESSAGE = Pattern.compile(
            "\"seq\":(\\d+),(\"historical\":true,)?(?:\"dropped\":\\{\"outbox-full\":(\\d+)},)?\"rows\":\\[\\{\"time\":\\d+,\"n\":(\\d+)}");
    private static final Pattern LAST = Pattern.compile("\"n\":(\\d+)}]}$");
    private static final int RATE = 100;
    private static final int STEP_SECONDS = 10;
    private static final int HOURS = 72;
    private static final long CAP = 8 << 20;

    private final SimulatedSystem system = new SimulatedSystem(72);
    private final HeapStorage disk = new HeapStorage();
    private final SegmentOutbox outbox = new SegmentOutbox(disk, system, system, system, system);
    private final FakeBus bus = new FakeBus();
    private final FakeTransport server = new FakeTransport(system);
    private final UplinkRegistry registry = new UplinkRegistry();
    private long next;

    /**
     * A message as it came.
     *
     * @param first the number of its first row
     * @param last that of its last one
     * @param dropped how many rows it says are missing before it
     */
    private record Arrival(long seq, boolean historical, long first, long last, long dropped) {}

    private void uplink(Map<String, String> more) {
        Map<String, String> keys =
                new LinkedHashMap<>(Map.of("streams", "boiler", "commit", "5s", "outbox.max-bytes", "8MiB"));
        keys.putAll(more);
        new Ground(system, bus, outbox, disk, registry, event -> {}).uplink(keys);
        registry.bindFormat(new JsonFormat());
        registry.bindTransport(server);
        system.run();
    }

    /** Time passes, with all rows that come in it. */
    private void live(Duration time) {
        for (long left = time.toSeconds(); left > 0; left -= STEP_SECONDS) {
            long now = system.epochNanos();
            for (int i = 0; i < RATE * STEP_SECONDS; i++) {
                long at = now + i * (1_000_000_000L / RATE);
                bus.publish("boiler", Row.builder(SCHEMA).set(0, next++).build(at, ClockState.SYNCED));
            }
            system.advance(Duration.ofSeconds(STEP_SECONDS));
        }
    }

    private FlowSnapshot flow() {
        FlowSnapshot flow = outbox.flows().get(0);
        assertThat(flow.imbalance()).as("%s", flow).isZero();
        return flow;
    }

    private List<Arrival> arrivals(int from) {
        List<Arrival> arrivals = new ArrayList<>();
        for (String text : server.received.subList(from, server.received.size())) {
            Matcher message = MESSAGE.matcher(text);
            Matcher last = LAST.matcher(text);
            if (message.find() && last.find()) {
                arrivals.add(new Arrival(
                        Long.parseLong(message.group(1)),
                        message.group(2) != null,
                        Long.parseLong(message.group(4)),
                        Long.parseLong(last.group(1)),
                        message.group(3) == null ? 0 : Long.parseLong(message.group(3))));
            }
        }
        return arrivals;
    }

    /** Each begins where the one before has ended. */
    private static void assertComplete(List<Arrival> lane) {
        for (int i = 1; i < lane.size(); i++) {
            assertThat(lane.get(i).first()).isEqualTo(lane.get(i - 1).last() + 1);
            assertThat(lane.get(i).seq()).isEqualTo(lane.get(i - 1).seq() + 1);
        }
    }

    @Test
    void threeDaysWithoutAServerCostWhatIsBeyondTheLimitAndNothingElse() {
        uplink(Map.of());
        live(Duration.ofMinutes(10));
        long before = flow().passed();
        assertThat(before).isEqualTo(next);
        server.down();
        for (int hour = 0; hour < HOURS; hour++) {
            live(Duration.ofHours(1));
            FlowSnapshot flow = flow();
            assertThat(flow.passed()).isEqualTo(before);
            assertThat(flow.queued() + flow.droppedRows()).isEqualTo(next - before);
            assertThat(disk.bytes()).isLessThanOrEqualTo(CAP + (64 << 10));
            assertThat(outbox.list().get(0).bytes()).isLessThanOrEqualTo(CAP);
        }
        assertThat(next - before).isEqualTo(HOURS * 3600L * RATE);
        FlowSnapshot away = flow();
        long dropped = away.droppedRows();
        assertThat(away.dropped()).containsOnlyKeys("outbox-full");
        assertThat(away.queued()).as("the limit is used").isGreaterThan(CAP / 20);
        assertThat(registry.list().get(0).state()).isEqualTo(State.OFFLINE);
        int heard = server.received.size();
        long back = next;

        server.up = true;
        live(Duration.ofMinutes(20));
        FlowSnapshot after = flow();
        assertThat(after.droppedRows()).isEqualTo(dropped);
        assertThat(after.passed()).isEqualTo(next - dropped);
        assertThat(after.queued()).isZero();

        List<Arrival> all = arrivals(heard);
        List<Arrival> live = all.stream().filter(one -> !one.historical()).toList();
        List<Arrival> backlog = all.stream().filter(Arrival::historical).toList();
        assertComplete(live);
        assertComplete(backlog);
        assertThat(backlog.get(0).first()).as("the oldest went, whole").isEqualTo(before + dropped);
        assertThat(live.get(live.size() - 1).last()).isEqualTo(next - 1);
        assertThat(live.get(0).first())
                .isEqualTo(backlog.get(backlog.size() - 1).last() + 1);
        assertThat(live.get(0).first())
                .as("what had not gone when the link came back is history")
                .isGreaterThanOrEqualTo(back);
        assertThat(all.stream().mapToLong(Arrival::dropped).sum())
                .as("what is missing is told")
                .isEqualTo(dropped);
    }

    /** With a backlog that takes an hour to go, what is new is there within seconds all the same. */
    @Test
    void whatIsNewGoesFirstAndTheBacklogAtItsPace() {
        uplink(Map.of("backlog.rate", "200"));
        server.down();
        live(Duration.ofMinutes(40));
        long waiting = flow().queued();
        int heard = server.received.size();
        server.up = true;
        long back = next;
        live(Duration.ofMinutes(10));
        List<Arrival> all = arrivals(heard);
        long history = all.stream()
                .filter(Arrival::historical)
                .mapToLong(one -> one.last() - one.first() + 1)
                .sum();
        assertThat(history).isBetween(180 * 570L, 200 * 600L + 1_000);
        List<Arrival> live = all.stream().filter(one -> !one.historical()).toList();
        assertComplete(live);
        assertThat(live.get(live.size() - 1).last())
                .as("no older than a commit")
                .isGreaterThanOrEqualTo(next - 2 * RATE * STEP_SECONDS);
        assertThat(live.get(0).first()).isGreaterThanOrEqualTo(back);
        live(Duration.ofSeconds(waiting / 200));
        live(Duration.ofMinutes(1));
        assertThat(flow().queued()).isLessThanOrEqualTo(RATE * STEP_SECONDS);
    }
}
