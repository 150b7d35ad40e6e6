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
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows from before the clock was set: they wait, are corrected, or leave marked. */
class UplinkClockTest {
    private static final Schema SCHEMA = Schema.of(new Column("n", Type.LONG, ""));
    private static final Pattern ROW = Pattern.compile("\\{\"time\":(\\d+)(,\"clock\":\"unset\")?,\"n\":(\\d+)}");
    private static final Duration YEARS = Duration.ofDays(50 * 365);

    private final SimulatedSystem system = new SimulatedSystem(23);
    private final FakeBus bus = new FakeBus();
    private final FakeTransport server = new FakeTransport(system);
    private MemoryStorage disk = new MemoryStorage();
    private SegmentOutbox outbox = new SegmentOutbox(disk, system, system, system, system);
    private UplinkRegistry registry = new UplinkRegistry();
    /** The true time of each row, by its number. */
    private final List<Long> truth = new ArrayList<>();

    private Uplink uplink;
    private long next;
    private long start;

    @BeforeEach
    void inThePast() {
        system.clockSet(false);
        start = system.epochNanos() + YEARS.toNanos();
        uplink = uplink(Map.of());
    }

    private Uplink uplink(Map<String, String> keys) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("streams", "boiler", "commit", "20ms", "time.unit", "ns"));
        all.putAll(keys);
        Uplink made = new Ground(system, bus, outbox, disk, registry, event -> {}).uplink(all);
        registry.bindFormat(new JsonFormat());
        registry.bindTransport(server);
        system.run();
        return made;
    }

    /** A row a second, as a device's poll makes them. */
    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            truth.add(start + system.monotonicNanos());
            bus.publish("boiler", Row.builder(SCHEMA).set(0, next++).build(system.epochNanos(), system.state()));
            system.advance(Duration.ofSeconds(1));
        }
    }

    private void setTheClock() {
        system.step(YEARS);
        system.clockSet(true);
        system.advance(Duration.ofSeconds(1));
    }

    private FlowSnapshot flow() {
        FlowSnapshot flow = outbox.flows().get(0);
        assertThat(flow.imbalance()).as("%s", flow).isZero();
        return flow;
    }

    private String detail() {
        return registry.list().get(0).detail();
    }

    private record Seen(long number, long time, boolean marked) {}

    private List<Seen> seen() {
        List<Seen> rows = new ArrayList<>();
        for (String message : server.received) {
            Matcher matcher = ROW.matcher(message);
            while (matcher.find()) {
                rows.add(new Seen(
                        Long.parseLong(matcher.group(3)), Long.parseLong(matcher.group(1)), matcher.group(2) != null));
            }
        }
        return rows;
    }

    private void assertCorrected(List<Seen> rows, int from) {
        for (Seen row : rows.subList(from, rows.size())) {
            assertThat(row.marked()).isFalse();
            assertThat(row.time()).isEqualTo(truth.get((int) row.number()));
        }
        assertThat(rows.subList(from, rows.size())).extracting(Seen::time).isSorted();
    }

    @Test
    void waitAndLeaveInOrderWithExactTimesOnceTheClockIsSet() {
        seconds(300);
        assertThat(seen()).isEmpty();
        assertThat(flow().queued()).isEqualTo(300);
        assertThat(detail()).isEqualTo("holds rows until the clock is set, for 301 s at most");
        setTheClock();
        seconds(20);
        assertThat(detail()).isEmpty();
        assertThat(seen()).extracting(Seen::number).isSorted().hasSize(320).doesNotHaveDuplicates();
        assertCorrected(seen(), 0);
        assertThat(flow().passed()).isEqualTo(320);
        assertThat(flow().resent()).isZero();
    }

    @Test
    void leaveMarkedWhenTheyHaveWaitedLongEnoughAndAfterThatNoneWaits() {
        seconds(599);
        assertThat(seen()).isEmpty();
        seconds(2);
        system.advance(Duration.ofSeconds(5));
        assertThat(seen()).hasSize(601).allMatch(Seen::marked);
        assertThat(detail()).isEqualTo("the clock is not set: rows go out marked");
        seconds(5);
        assertThat(seen()).hasSize(606).allMatch(Seen::marked);
        setTheClock();
        seconds(5);
        assertThat(seen()).extracting(Seen::number).isSorted().hasSize(611);
        assertCorrected(seen(), 606);
        assertThat(flow().passed()).isEqualTo(611);
    }

    /** The clock goes back by 5 s and counts as set 3 s later: rows of that time must not be corrected once more. */
    @Test
    void areNotCorrectedTwiceWhenTheClockIsSetBackAndStayMarkedWhereNobodyCanSay() {
        start -= YEARS.plusSeconds(5).toNanos();
        seconds(20);
        system.step(Duration.ofSeconds(-5));
        seconds(3);
        system.clockSet(true);
        seconds(5);
        assertThat(seen()).hasSize(28);
        for (Seen row : seen()) {
            // The clock showed 15 s to 18 s twice; it shows 15 s again when row 20 is noted.
            boolean shownTwice = row.number() >= 15 && row.number() <= 22 && row.number() != 19;
            assertThat(row.marked()).as("%s", row).isEqualTo(shownTwice);
            if (!row.marked()) {
                assertThat(row.time()).isEqualTo(truth.get((int) row.number()));
            }
        }
    }

    /** The clock was right all along, only nobody had said so: nothing is to be corrected. */
    @Test
    void leaveAsTheyAreWhenTheClockTurnsOutToBeSet() {
        start -= YEARS.toNanos();
        seconds(3);
        system.clockSet(true);
        system.advance(Duration.ofMillis(300));
        assertThat(seen()).hasSize(3);
        assertCorrected(seen(), 0);
    }

    @Test
    void keepTheirPlaceWhenTheLinkBreaksAndAreNotCountedAsSentAgain() {
        seconds(10);
        server.down();
        seconds(5);
        server.up = true;
        seconds(10);
        assertThat(seen()).isEmpty();
        setTheClock();
        assertThat(seen()).extracting(Seen::number).isSorted().hasSize(25);
        assertThat(flow().resent()).isZero();
        assertCorrected(seen(), 0);
    }

    @Test
    void comeAgainAsTheyWereSentTheFirstTimeMarkedOrCorrected() {
        server.mute = true;
        uplink.close();
        registry.remove(uplink);
        uplink = uplink(Map.of("max-hold", "2s", "commit", "5s"));
        seconds(8);
        assertThat(seen()).isNotEmpty().allMatch(Seen::marked);
        setTheClock();
        seconds(5);
        List<String> first = List.copyOf(server.received);
        assertThat(first).hasSizeGreaterThan(1);
        assertThat(seen()).anyMatch(row -> !row.marked());
        // Another step, and an edit of the file: neither changes what stands under a number.
        system.step(Duration.ofHours(1));
        uplink.close();
        registry.remove(uplink);
        server.mute = false;
        uplink = uplink(Map.of("max-hold", "20m", "commit", "5s"));
        system.advance(Duration.ofSeconds(10));
        assertThat(server.received.subList(first.size(), server.received.size()))
                .startsWith(first.toArray(String[]::new));
        assertThat(flow().passed()).isEqualTo(13);
        assertThat(flow().queued()).isZero();
    }

    @Test
    void anEditWhileTheyWaitNeitherEndsTheWaitNorBeginsItAnew() {
        seconds(400);
        uplink.close();
        registry.remove(uplink);
        uplink = uplink(Map.of("topic", "other/{stream}"));
        seconds(100);
        assertThat(seen()).isEmpty();
        seconds(101);
        system.advance(Duration.ofSeconds(5));
        assertThat(seen()).hasSize(601).allMatch(Seen::marked);
    }

    /** Nobody knows what the clock of an earlier process has gone through: its rows leave at once, as they are. */
    @Test
    void ofAnEarlierProcessLeaveMarkedAtOnceAndThoseOfThisOneWaitBehindThem() {
        server.up = false;
        server.down();
        seconds(5);
        uplink.close();
        registry.remove(uplink);
        outbox = new SegmentOutbox(disk, system, system, system, system);
        registry = new UplinkRegistry();
        server.up = true;
        uplink = uplink(Map.of());
        seconds(5);
        assertThat(seen()).extracting(Seen::number).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(seen()).allMatch(Seen::marked);
        setTheClock();
        assertThat(seen()).extracting(Seen::number).isSorted().hasSize(10);
        assertCorrected(seen(), 5);
        assertThat(flow().recovered()).isEqualTo(5);
    }

    @Test
    void doNotWaitWhereMaxHoldIsZero() {
        uplink.close();
        registry.remove(uplink);
        uplink = uplink(Map.of("max-hold", "0s"));
        seconds(3);
        assertThat(seen()).hasSize(3).allMatch(Seen::marked);
    }

    @Test
    void rowsOfASetClockNeverWait() {
        setTheClock();
        seconds(3);
        assertThat(seen()).hasSize(3);
        assertThat(seen()).noneMatch(Seen::marked);
        bus.publish("boiler", Row.builder(SCHEMA).set(0, 9).build(1, ClockState.UNSET));
        system.advance(Duration.ofMillis(500));
        assertThat(seen().get(3)).isEqualTo(new Seen(9, 1, false));
    }
}
