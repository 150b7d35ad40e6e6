package org.headgate.system.jvm;

import java.time.Instant;

/** The two clocks of the machine. */
interface Wall {
    /** Two reads that are no farther apart are near enough to each other to tell a step; where a read is a call of the kernel, each costs. */
    long NEAR_NANOS = 1_000_000;

    long epochNanos();

    long monotonicNanos();

    /** The real ones. */
    Wall MACHINE = new Wall() {
        @Override
        public long epochNanos() {
            return nanos(Instant.now());
        }

        @Override
        public long monotonicNanos() {
            return System.nanoTime();
        }
    };

    static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    /**
     * The first clock's time minus the second's. They cannot be read at the same instant, and between two reads the thread may
     * be put aside: of some tries the shortest counts.
     */
    default long offset() {
        long offset = 0;
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 5 && shortest > NEAR_NANOS; i++) {
            long before = monotonicNanos();
            long epoch = epochNanos();
            long took = monotonicNanos() - before;
            if (took < shortest) {
                shortest = took;
                offset = epoch - before - took / 2;
            }
        }
        return offset;
    }
}
