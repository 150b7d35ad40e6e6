package org.headgate.system.api;

import java.util.Optional;
import java.util.OptionalLong;
import org.headgate.data.api.ClockState;
import org.osgi.annotation.versioning.ProviderType;

/** What time it is. Distances in time are measured with {@link #monotonicNanos} only; it never jumps. */
@ProviderType
public interface Clock {
    /** Nanoseconds since 1970-01-01T00:00:00Z; may jump when the machine's clock is set. */
    long epochNanos();

    /** Nanoseconds since an arbitrary instant of this process; never goes back. */
    long monotonicNanos();

    /**
     * How far {@link #epochNanos} can be trusted now. Whoever marks a time with it asks first and notes the time then: a time
     * from after a jump that is marked UNSET does no harm, one from before it that is marked SYNCED is wrong for ever.
     */
    ClockState state();

    /**
     * The time that an instant has which was noted while the clock was UNSET, as far as is known now: the steps that the clock
     * made since then are added, up to and including the one that set it. An instant that was noted while the clock was
     * set, or that is no time of this process at all, comes back unchanged; so does one that was noted after the last step.
     *
     * <p>Empty when nobody can say: a clock that was set back shows some times twice, and what was noted at one of them, in
     * the seconds until the clock counts as set, may have been noted before the step or after it. Such a time is to stay
     * as it is, and marked.
     *
     * @param epochNanos an instant in nanoseconds since the epoch, as the clock showed it
     */
    OptionalLong corrected(long epochNanos);

    /** The last step of the clock since the start of the process; empty when there was none. */
    Optional<ClockStep> lastStep();

    /** The identity of this run of the machine: monotonic times of different boots are not comparable. */
    String bootId();

    /** When this process started, in nanoseconds since the epoch, by the clock as it stands now. */
    long processStartNanos();
}
