package org.headgate.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EdgeCounterTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;
    private static final Offset<Double> EXACT = within(1e-9);

    private final EdgeCounter counter = new EdgeCounter(Edges.RISING);
    private long now;

    /** Edges at a period until an instant, the first one period after now. */
    private void edges(long period, long until) {
        for (long at = now + period; at <= until; at += period) {
            counter.edge(true, at);
            counter.edge(false, at + period / 3);
        }
        now = until;
    }

    private double readAt(long nanos) {
        now = nanos;
        return counter.frequency(nanos);
    }

    @Test
    void countsTheEdgesOfItsKindOnly() {
        EdgeCounter falling = new EdgeCounter(Edges.FALLING);
        EdgeCounter both = new EdgeCounter(Edges.BOTH);
        for (EdgeCounter each : new EdgeCounter[] {counter, falling, both}) {
            each.edge(true, 1);
            each.edge(false, 2);
            each.edge(true, 3);
        }
        assertThat(counter.count()).isEqualTo(2);
        assertThat(falling.count()).isEqualTo(1);
        assertThat(both.count()).isEqualTo(3);
    }

    /** Counting edges in a second would say 2 or 3, by chance. */
    @Test
    void isExactHoweverTheReadsFallBetweenTheEdges() {
        edges(400 * MILLI, SECOND);
        assertThat(readAt(SECOND)).isCloseTo(2.5, EXACT);
        now = 800 * MILLI;
        edges(400 * MILLI, 2 * SECOND);
        assertThat(readAt(2 * SECOND + 1)).isCloseTo(2.5, EXACT);
        now = 2 * SECOND;
        edges(400 * MILLI, 9 * SECOND);
        assertThat(readAt(9 * SECOND)).isCloseTo(2.5, EXACT);
    }

    @Test
    void isZeroUntilAPeriodWasSeen() {
        assertThat(readAt(SECOND)).isZero();
        counter.edge(true, SECOND + 1);
        assertThat(readAt(2 * SECOND)).isZero();
        assertThat(readAt(3 * SECOND)).isZero();
        counter.edge(true, 5 * SECOND + 1);
        assertThat(readAt(6 * SECOND)).isCloseTo(0.25, EXACT);
    }

    @Test
    void aSlowSignalIsNotZeroBetweenItsEdges() {
        counter.edge(true, 10 * SECOND);
        counter.edge(true, 20 * SECOND);
        assertThat(readAt(20 * SECOND)).isCloseTo(0.1, EXACT);
        assertThat(readAt(25 * SECOND)).isCloseTo(0.1, EXACT);
        assertThat(readAt(30 * SECOND)).isCloseTo(0.1, EXACT);
        counter.edge(true, 30 * SECOND);
        assertThat(readAt(31 * SECOND)).isCloseTo(0.1, EXACT);
    }

    @Test
    void fallsWhileNothingComesAndIsZeroAfterTwoPeriods() {
        edges(SECOND, 10 * SECOND);
        assertThat(readAt(10 * SECOND)).isCloseTo(1, EXACT);
        assertThat(readAt(11 * SECOND + 600 * MILLI)).isCloseTo(1 / 1.6, EXACT);
        assertThat(readAt(12 * SECOND)).isCloseTo(0.5, EXACT);
        assertThat(readAt(12 * SECOND + 1)).isZero();
        assertThat(readAt(13 * SECOND)).isZero();
    }

    /** Over the rest it would be 50 / 31. */
    @Test
    void aRestIsNoPartOfWhatComesAfterIt() {
        edges(20 * MILLI, SECOND);
        readAt(SECOND);
        assertThat(readAt(31 * SECOND)).isZero();
        edges(20 * MILLI, 32 * SECOND);
        assertThat(readAt(32 * SECOND)).isCloseTo(50, EXACT);
    }

    @Test
    void oneEdgeAfterARestIsMeasuredFromTheOneBeforeUnlessThatWasLongAgo() {
        edges(SECOND, 3 * SECOND);
        readAt(3 * SECOND);
        assertThat(readAt(8 * SECOND)).isZero();
        counter.edge(true, 8 * SECOND);
        assertThat(readAt(9 * SECOND)).isCloseTo(0.2, EXACT);
        assertThat(readAt(200 * SECOND)).isZero();
        counter.edge(true, 8 * SECOND + EdgeCounter.LONGEST_NANOS + 1);
        assertThat(readAt(201 * SECOND)).isZero();
    }

    @Test
    void twoEdgesAtOneInstantAreNoInfiniteFrequency() {
        counter.edge(true, 5);
        counter.edge(true, 5);
        assertThat(readAt(6)).isZero();
    }
}
