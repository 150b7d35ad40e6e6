package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.headgate.outbox.api.Priority;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final SimulatedSystem system = new SimulatedSystem(3);

    @Test
    void theBacklogGetsItsShareWhileLiveBatchesWait() {
        Pace pace = new Pace(system, 0, 0.25);
        int backlog = 0;
        for (int i = 0; i < 1000; i++) {
            if (pace.comesFirst(Priority.NORMAL)) {
                backlog++;
                pace.sent(Priority.NORMAL, 10);
            }
        }
        assertThat(backlog).isBetween(249, 251);
    }

    @Test
    void aShareOfNothingWaitsUntilNothingIsLive() {
        Pace pace = new Pace(system, 0, 0);
        for (int i = 0; i < 100; i++) {
            assertThat(pace.comesFirst(Priority.NORMAL)).isFalse();
        }
        assertThat(pace.left(Priority.NORMAL)).isZero();
    }

    @Test
    void theRateHoldsOverTime() {
        Pace pace = new Pace(system, 100, 1);
        long sent = 0;
        for (int millis = 0; millis < 60_000; millis += 10) {
            while (pace.left(Priority.NORMAL).isZero()) {
                pace.sent(Priority.NORMAL, 7);
                sent += 7;
            }
            system.advance(Duration.ofMillis(10));
        }
        // A second's rows at once in the beginning, and one batch on credit.
        assertThat(sent).isBetween(6000L, 6107L);
    }

    @Test
    void itSaysHowLongToWait() {
        Pace pace = new Pace(system, 10, 1);
        pace.sent(Priority.NORMAL, 20);
        Duration left = pace.left(Priority.NORMAL);
        assertThat(left).isPositive();
        system.advance(left.minusMillis(1));
        assertThat(pace.left(Priority.NORMAL)).isPositive();
        system.advance(Duration.ofMillis(2));
        assertThat(pace.left(Priority.NORMAL)).isZero();
    }
}
