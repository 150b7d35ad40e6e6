package org.headgate.system.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class WallTest {
    private static final long APART = 1_700_000_000_000_000_000L;
    private static final long READ_NANOS = 7_000;

    /** Where a read of a clock is a call of the kernel, as on boards whose clock user space cannot read. */
    @Test
    void looksOnceWhereTheReadsAreNearEnoughToTellAStep() {
        Clocks clocks = new Clocks(List.of());
        assertThat(clocks.offset()).isCloseTo(APART, within(READ_NANOS));
        assertThat(clocks.reads).isEqualTo(3);
    }

    @Test
    void looksAgainWhenItWasPutAsideBetweenTheReads() {
        Clocks clocks = new Clocks(List.of(0L, 2_000_000_000L));
        assertThat(clocks.offset()).isCloseTo(APART, within(READ_NANOS));
        assertThat(clocks.reads).isEqualTo(6);
    }

    /** Each read takes time, some much more. */
    private static final class Clocks implements Wall {
        private final Deque<Long> pauses;
        private long now;
        private int reads;

        Clocks(List<Long> pauses) {
            this.pauses = new ArrayDeque<>(pauses);
        }

        private long read() {
            reads++;
            now += READ_NANOS + (pauses.isEmpty() ? 0 : pauses.remove());
            return now;
        }

        @Override
        public long epochNanos() {
            return read() + APART;
        }

        @Override
        public long monotonicNanos() {
            return read();
        }
    }
}
