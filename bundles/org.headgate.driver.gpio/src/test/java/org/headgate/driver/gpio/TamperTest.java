package org.headgate.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.stream.api.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TamperTest {
    private static final Channel COVER = Bench.input("cover", "GPIO17", Type.BOOLEAN, "event=tamper");
    private static final Event OPENED =
            Event.of(Event.Kind.TAMPER, "panel", "tamper", "channel cover: GPIO17 (gpiochip4 line 17) became active");

    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void anEdgeToActiveIsAnEventAndOneBackIsNot() throws Exception {
        Connection connection = bench.open(COVER);
        bench.system.run();
        assertThat(bench.events).isEmpty();
        bench.inputs.last().edge(true, 1);
        bench.system.run();
        assertThat(bench.events).containsExactly(OPENED);
        bench.system.advance(Duration.ofSeconds(5));
        bench.inputs.last().edge(false, 2);
        bench.system.run();
        connection.close();
        assertThat(bench.events).containsExactly(OPENED);
    }

    @Test
    void aContactThatBouncesIsOneEventASecondWithItsCount() throws Exception {
        try (Connection connection = bench.open(COVER)) {
            bench.inputs.last().edge(true, 1);
            bench.system.run();
            for (int i = 0; i < 500; i++) {
                bench.inputs.last().edge(i % 2 == 1, i);
            }
            bench.system.advance(Duration.ofSeconds(10));
            assertThat(bench.events).extracting(Event::count).containsExactly(1L, 250L);
            assertThat(connection).isNotNull();
        }
    }

    /** Whoever cuts the power first must not go unseen. */
    @Test
    void aContactThatIsActiveAlreadyIsAnEventAtTheOpening() throws Exception {
        bench.inputs.high = true;
        bench.open(COVER).close();
        assertThat(bench.events).containsExactly(OPENED);
    }

    @Test
    void anyWordIsTheEventsNameAndOtherLinesRaiseNone() throws Exception {
        Channel door = Bench.input("door", "18", Type.BOOLEAN, "event=door-open");
        Channel plain = Bench.input("plain", "19", Type.BOOLEAN);
        try (Connection connection = bench.open(door, plain)) {
            bench.inputs.made.get(1).edge(true, 1);
            bench.inputs.made.get(0).edge(true, 1);
            bench.system.run();
            assertThat(bench.events).extracting(Event::state).containsExactly("door-open");
            assertThat(connection).isNotNull();
        }
    }
}
