package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.headgate.config.api.Instance;
import org.headgate.data.api.Column;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wall clock jumps in the middle of a window: no row is in two of them or in none, and each has its length. */
class ClockStepTest {
    private static final Schema COUNTER = Schema.of(Column.of("n", Type.LONG));
    private static final long SECOND = 1_000_000_000L;
    private static final String SQL =
            "SELECT min(n) AS first, max(n) AS last, count(*) AS rows FROM s GROUP BY TUMBLINGWINDOW(ss, 10)";
    private static final Duration YEARS = Duration.ofDays(50 * 365);

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final FakeBus bus = new FakeBus(system);
    private final RuleEngine engine =
            new RuleEngine(bus, system, system, system, new MemoryStorage(), Recording.functions(), null);
    private final Publisher source = bus.publisher("s");
    private final List<Window> windows = new ArrayList<>();
    private long next;

    /** A result, and when it came. */
    private record Window(long first, long last, long rows, long timeNanos, long cameNanos, long epochNanos) {}

    @BeforeEach
    void configure() {
        new ConfiguredRule(
                Map.of(
                        "sql",
                        SQL,
                        Instance.KEYS,
                        new String[] {"sql"},
                        Instance.NAME,
                        "r",
                        Instance.FILE,
                        "headgate.rule-r.cfg"),
                engine);
        bus.subscribe(
                "watch",
                List.of("r"),
                10,
                OverflowPolicy.DROP_OLDEST,
                (stream, row) -> windows.add(new Window(
                        row.asLong(0),
                        row.asLong(1),
                        row.asLong(2),
                        row.timeNanos(),
                        system.monotonicNanos(),
                        system.epochNanos())));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            publish();
            system.advance(Duration.ofSeconds(1));
        }
    }

    private void publish() {
        source.publish(Row.builder(COUNTER).set(0, next++).build(system.epochNanos(), system.state()));
        system.run();
        balanced();
    }

    private FlowSnapshot balanced() {
        FlowSnapshot flow = engine.flows().get(0);
        assertThat(flow.imbalance()).as("%s", flow).isZero();
        return flow;
    }

    /** Whole windows of 10 s, so that the step does not move the bounds of those behind it. */
    @ParameterizedTest
    @ValueSource(longs = {50L * 365 * 86_400, -3600, 3600, -50L * 365 * 86_400})
    void everyWindowHasItsTenSeconds(long step) {
        seconds(14);
        system.step(Duration.ofSeconds(step));
        seconds(26);
        assertThat(windows).extracting(Window::rows).containsExactly(10L, 10L, 10L, 10L);
        assertThat(windows).extracting(Window::first).containsExactly(0L, 10L, 20L, 30L);
        assertThat(windows)
                .extracting(Window::cameNanos)
                .containsExactly(10 * SECOND, 20 * SECOND, 30 * SECOND, 40 * SECOND);
        // A result has the time of its window's end, by the clock as it stands then.
        assertThat(windows).allMatch(window -> window.timeNanos() == window.epochNanos());
        assertThat(balanced().aggregated()).isEqualTo(40);
    }

    /** The clock lands in the middle of a window's grid: the open window keeps its length, the next one joins the grid. */
    @Test
    void theWindowBehindTheStepIsAlignedToTheNewTime() {
        seconds(14);
        system.step(YEARS.plusSeconds(3));
        seconds(30);
        assertThat(windows).extracting(Window::rows).containsExactly(10L, 10L, 7L, 10L);
        assertThat(windows).extracting(Window::first).containsExactly(0L, 10L, 20L, 27L);
        assertThat(windows.get(2).timeNanos() % (10 * SECOND)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {50L * 365 * 86_400, -3600})
    void aWindowClosesInTimeThoughNoRowComesAfterTheStep(long step) {
        seconds(4);
        system.step(Duration.ofSeconds(step));
        system.advance(Duration.ofMillis(5_999));
        assertThat(windows).isEmpty();
        system.advance(Duration.ofMillis(1));
        assertThat(windows).hasSize(1);
        assertThat(windows.get(0).timeNanos()).isEqualTo(system.epochNanos());
    }

    /** Steps that are too small to be told from slewing move a window's end by as much, and nothing else. */
    @Test
    void aSmallStepBackRightAfterTheBeginningLeavesTheWindowOpen() {
        seconds(10);
        windows.clear();
        publish();
        system.step(Duration.ofMillis(-400));
        publish();
        assertThat(windows).isEmpty();
        system.advance(Duration.ofMillis(10_399));
        assertThat(windows).isEmpty();
        system.advance(Duration.ofMillis(1));
        assertThat(windows).extracting(Window::rows).containsExactly(2L);
        assertThat(windows.get(0).timeNanos() % (10 * SECOND)).isZero();
    }

    @Test
    void whateverTheClockDoesEachRowIsInOneWindowAndNoneIsOpenForLonger() {
        Random random = new Random(9);
        for (int i = 0; i < 2000; i++) {
            seconds(1);
            if (random.nextInt(7) == 0) {
                system.step(Duration.ofMillis(random.nextLong(-4_000_000, 4_000_000)));
            } else if (random.nextInt(50) == 0) {
                system.step(random.nextBoolean() ? YEARS : YEARS.negated());
            }
        }
        system.advance(Duration.ofSeconds(11));
        long expected = 0;
        long before = 0;
        for (Window window : windows) {
            assertThat(window.first()).isEqualTo(expected);
            assertThat(window.rows())
                    .isEqualTo(window.last() - window.first() + 1)
                    .isBetween(1L, 10L);
            // Row n came at second n; the window closed ten seconds after its first row at the latest.
            assertThat(window.cameNanos()).isBetween(before, (window.first() + 10) * SECOND);
            before = window.cameNanos();
            expected = window.last() + 1;
        }
        assertThat(expected).isEqualTo(2000);
        assertThat(balanced().aggregated()).isEqualTo(2000);
        assertThat(balanced().emitted()).isEqualTo(windows.size());
    }
}
