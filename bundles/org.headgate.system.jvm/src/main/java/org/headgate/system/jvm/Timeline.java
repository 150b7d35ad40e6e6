package org.headgate.system.jvm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.headgate.system.api.ClockStep;

/**
 * The wall clock seen from the monotonic one: its steps, and what has to be added to the times that were noted while it was
 * not set. Used under the clock's lock.
 */
final class Timeline {
    /** A change of the difference of both clocks that is less is one of rate: time servers slew what is less, too. */
    static final long STEP_NANOS = 500_000_000L;

    /** Who has asked for the state just before the clock was set may note the time just after, marked as not set. */
    private static final long LATE_NANOS = 1_000_000_000L;

    /** A clock that nobody ever sets may step for years. */
    private static final int MOST = 64;

    private final Deque<Period> periods = new ArrayDeque<>();
    /** Those that no synchronisation has ended yet: steps are still added to them. */
    private final List<Period> open = new ArrayList<>();

    private long offset;
    private long lookedNanos;
    private long since;
    private long total;
    private boolean set;
    private Optional<ClockStep> last = Optional.empty();

    /**
     * Begins with a clock that is not set.
     *
     * @param offset the wall clock's time minus the monotonic clock's
     */
    Timeline(long offset, long monotonicNanos) {
        this.offset = offset;
        lookedNanos = monotonicNanos;
        since = monotonicNanos + offset;
    }

    /** Between two instants of the wall clock it was not set and did not step. */
    private static final class Period {
        private final long from;
        private final long until;
        private long shift;

        Period(long from, long until) {
            this.from = from;
            this.until = until;
        }
    }

    /** Looks at both clocks; says by how much the wall clock has stepped since the last look, 0 for not at all. */
    long look(long nowOffset, long monotonicNanos) {
        long by = nowOffset - offset;
        if (Math.abs(by) <= STEP_NANOS) {
            offset = nowOffset;
            lookedNanos = monotonicNanos;
            return 0;
        }
        if (!set) {
            Period before = new Period(since, monotonicNanos + offset);
            add(before);
            open.add(before);
            open.forEach(period -> period.shift += by);
        }
        // The step came somewhere between the last look and this one.
        since = lookedNanos + nowOffset;
        offset = nowOffset;
        lookedNanos = monotonicNanos;
        total += by;
        last = Optional.of(new ClockStep(by, monotonicNanos));
        return by;
    }

    boolean isSet() {
        return set;
    }

    /** The clock counts as set, or does not any more, as of the last look. */
    void set(boolean now) {
        if (now && !set) {
            // Its times are right already, but a clock that was set back has shown them before.
            add(new Period(since, lookedNanos + offset + LATE_NANOS));
            open.clear();
        } else if (!now && set) {
            since = lookedNanos + offset;
        }
        set = now;
    }

    private void add(Period period) {
        periods.add(period);
        if (periods.size() > MOST) {
            open.remove(periods.remove());
        }
    }

    /** Empty where periods in which different steps were to come have the instant in common. */
    OptionalLong corrected(long epochNanos) {
        boolean found = false;
        long shift = 0;
        for (Period period : periods) {
            if (period.from <= epochNanos && epochNanos <= period.until) {
                if (found && shift != period.shift) {
                    return OptionalLong.empty();
                }
                found = true;
                shift = period.shift;
            }
        }
        return OptionalLong.of(epochNanos + shift);
    }

    /** All steps together. */
    long total() {
        return total;
    }

    Optional<ClockStep> last() {
        return last;
    }
}
