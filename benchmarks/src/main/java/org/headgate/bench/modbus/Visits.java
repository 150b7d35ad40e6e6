package org.headgate.bench.modbus;

import java.util.Arrays;

/** When a slave was asked: how many times, and the pauses between. One thread. */
final class Visits {
    private long[] pauses = new long[64];
    private int kept;
    private long polls;
    private long last;

    /** A visit; returns how many there were. */
    long add(long nanos) {
        if (last != 0) {
            if (kept == pauses.length) {
                pauses = Arrays.copyOf(pauses, kept * 2);
            }
            pauses[kept++] = nanos - last;
        }
        last = nanos;
        return ++polls;
    }

    /** Begins anew; the pause that runs is the first of the new ones. */
    void reset() {
        kept = 0;
        polls = 0;
    }

    long polls() {
        return polls;
    }

    /** The longest pause until a moment; the one that runs counts, too. */
    long longest(long nanos) {
        long longest = last == 0 ? 0 : nanos - last;
        for (int i = 0; i < kept; i++) {
            longest = Math.max(longest, pauses[i]);
        }
        return longest;
    }
}
