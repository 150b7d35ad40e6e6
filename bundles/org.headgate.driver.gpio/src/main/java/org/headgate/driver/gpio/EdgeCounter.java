package org.headgate.driver.gpio;

/**
 * Counts edges of one kind and says how fast they come, from the kernel's times alone, so that it does not matter how late anybody was.
 *
 * <p>The frequency is the number of periods between two reads divided by the time that they took, from edge to edge: exact for slow and
 * fast signals alike, however the reads fall between the edges. Without an edge since the last read it is what the signal can have at
 * most, one over the time since the last edge, and 0 once two of the last periods went by without one, or {@link #LONGEST_NANOS}. What
 * comes after such a rest is measured without it.
 *
 * <p>Guarded by its line's monitor.
 */
final class EdgeCounter {
    /** The period of the slowest signal: 100 s. */
    static final long LONGEST_NANOS = 100_000_000_000L;

    private static final double SECOND = 1e9;

    private final Edges edges;
    private long count;
    private long seen;
    private long first;
    private long last;
    private long reference;
    private boolean hasReference;
    private double hertz;
    private double period;
    private boolean lostSome;

    EdgeCounter(Edges edges) {
        this.edges = edges;
    }

    void edge(boolean rising, long nanos) {
        if (edges.takes(rising)) {
            count++;
            if (seen++ == 0) {
                first = nanos;
            }
            last = nanos;
        }
    }

    void lost() {
        lostSome = true;
    }

    /** Whether edges were lost since this was asked last. */
    boolean lostSome() {
        boolean some = lostSome;
        lostSome = false;
        return some;
    }

    long count() {
        return count;
    }

    /** The frequency since this was asked last, in hertz. */
    double frequency(long now) {
        hertz = seen > 0 ? moving() : waiting(now);
        seen = 0;
        return hertz;
    }

    private double moving() {
        boolean rested = hertz == 0;
        // A rest is no period. One edge alone has nothing but the one before to be measured from.
        boolean fromReference = hasReference && (!rested || seen == 1 && last - reference <= LONGEST_NANOS);
        long periods = fromReference ? seen : seen - 1;
        long span = last - (fromReference ? reference : first);
        reference = last;
        hasReference = true;
        if (periods == 0 || span <= 0) {
            return 0;
        }
        period = (double) span / periods;
        return SECOND / period;
    }

    private double waiting(long now) {
        double passed = now - reference;
        if (hertz == 0 || passed > Math.min(2 * period, LONGEST_NANOS)) {
            return 0;
        }
        return SECOND / Math.max(period, passed);
    }
}
