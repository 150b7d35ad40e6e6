package org.headgate.device.runtime;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import org.headgate.device.api.PollStatistics;

/**
 * Counts how late polls begin, in buckets that are 1/16 of a power of two wide: 7 % precise from a microsecond to hours, in 6 KB, and
 * free of allocation. Called by any thread.
 */
final class Punctuality {
    private static final int FINE = 16;
    private static final int FINE_BITS = 4;

    private final AtomicLongArray buckets = new AtomicLongArray(FINE * 50);
    private final AtomicLong missed = new AtomicLong();
    private final LongAccumulator worst = new LongAccumulator(Math::max, 0);

    /** Notes that a poll began so many nanoseconds after it was due. */
    void began(long latenessNanos) {
        long lateness = Math.max(0, latenessNanos);
        buckets.incrementAndGet(Math.min(buckets.length() - 1, bucket(lateness)));
        worst.accumulate(lateness);
    }

    /** Notes polls that were left out. */
    void missed(long count) {
        if (count != 0) {
            missed.addAndGet(count);
        }
    }

    PollStatistics statistics() {
        long polls = 0;
        for (int i = 0; i < buckets.length(); i++) {
            polls += buckets.get(i);
        }
        return new PollStatistics(polls, missed.get(), quantile(0.5, polls), quantile(0.99, polls), worst.get());
    }

    void reset() {
        for (int i = 0; i < buckets.length(); i++) {
            buckets.set(i, 0);
        }
        missed.set(0);
        worst.reset();
    }

    private long quantile(double part, long polls) {
        long wanted = (long) Math.ceil(polls * part);
        long seen = 0;
        for (int i = 0; i < buckets.length() && wanted > 0; i++) {
            seen += buckets.get(i);
            if (seen >= wanted) {
                return Math.min(upperEnd(i), worst.get());
            }
        }
        return 0;
    }

    /** The first {@value #FINE} buckets hold one nanosecond each, then each octave is cut into {@value #FINE}. */
    private static int bucket(long nanos) {
        if (nanos < FINE) {
            return (int) nanos;
        }
        int octave = 63 - Long.numberOfLeadingZeros(nanos) - FINE_BITS;
        return FINE * octave + (int) (nanos >>> octave);
    }

    private static long upperEnd(int bucket) {
        if (bucket < FINE) {
            return bucket;
        }
        int octave = bucket / FINE - 1;
        return ((long) (bucket % FINE + FINE + 1) << octave) - 1;
    }
}
