package org.headgate.system.api;

import org.osgi.annotation.versioning.ProviderType;

/** What time it is. Distances in time are measured with {@link #monotonicNanos} only; it never jumps. */
@ProviderType
public interface Clock {
    /** Nanoseconds since 1970-01-01T00:00:00Z; may jump when the machine's clock is set. */
    long epochNanos();

    /** Nanoseconds since an arbitrary instant of this process; never goes back. */
    long monotonicNanos();

    /** Whether the machine's clock has been set since it started. */
    boolean isSynchronized();

    /** The identity of this run of the machine: monotonic times of different boots are not comparable. */
    String bootId();

    /** When this process started, in nanoseconds since the epoch. */
    long processStartNanos();
}
