package org.headgate.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.headgate.system.api.Clock;
import org.junit.jupiter.api.Test;

class EpochOfEdgesTest {
    private static final long MILLI = 1_000_000;

    private long now;
    private long ahead = 1_000_000_000_000_000L;
    /** How long whoever reads a clock is away just before, read by read. */
    private final Queue<Long> pauses = new ArrayDeque<>();

    private final Clock clock = (Clock) Proxy.newProxyInstance(
            Clock.class.getClassLoader(), new Class<?>[] {Clock.class}, (proxy, method, arguments) -> {
                Long pause = pauses.poll();
                now += pause == null ? 50 : pause;
                return method.getName().equals("epochNanos") ? now + ahead : now;
            });

    private void pauseBeforeRead(int read, long nanos) {
        pauses.clear();
        for (int i = 1; i < read; i++) {
            pauses.add(50L);
        }
        pauses.add(nanos);
    }

    @Test
    void edgesStayInOrderAndInPlaceWhoeverIsPausedBetweenTheReads() {
        EpochOfEdges epoch = new EpochOfEdges(clock);
        for (int read = 1; read <= 3; read++) {
            long edge = now;
            pauseBeforeRead(read, 40 * MILLI);
            long first = epoch.at(edge);
            pauses.clear();
            assertThat(first).isBetween(edge + ahead - 1000, edge + ahead + 1000);
            assertThat(epoch.at(edge + 10)).isEqualTo(first + 10);
        }
    }

    @Test
    void aPauseAtTheVeryBeginningDoesNoHarm() {
        pauseBeforeRead(2, 40 * MILLI);
        EpochOfEdges epoch = new EpochOfEdges(clock);
        pauseBeforeRead(2, 40 * MILLI);
        assertThat(epoch.at(7)).isBetween(ahead + 7 - 1000, ahead + 7 + 1000);
    }

    @Test
    void followsAClockThatIsSetForwardAndBack() {
        EpochOfEdges epoch = new EpochOfEdges(clock);
        for (Duration step : new Duration[] {Duration.ofHours(1), Duration.ofMillis(-3), Duration.ofDays(-400)}) {
            ahead += step.toNanos();
            assertThat(epoch.at(now)).isBetween(now + ahead - 1000, now + ahead + 1000);
        }
    }

    /** Nobody can tell the pause from the step then: right within the pause, and right again with the next edge. */
    @Test
    void aStepWithinAPauseIsRightWithTheNextEdge() {
        EpochOfEdges epoch = new EpochOfEdges(clock);
        ahead += Duration.ofHours(1).toNanos();
        pauseBeforeRead(2, 40 * MILLI);
        long edge = now;
        assertThat(epoch.at(edge)).isBetween(edge + ahead - 41 * MILLI, edge + ahead + 41 * MILLI);
        assertThat(epoch.at(edge)).isBetween(edge + ahead - 1000, edge + ahead + 1000);
    }
}
