package org.headgate.system.api.kit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.headgate.data.api.ClockState;
import org.headgate.system.api.Clock;
import org.headgate.system.api.ClockStep;

/** Real time, and what a test adds to it: for what talks to real sockets and processes. */
public final class MovedClock implements Clock {
    private static final long NANOS = 1_000_000_000;

    private final AtomicLong ahead = new AtomicLong();
    private volatile ClockState state = ClockState.SYNCED;

    /** Time passes at once. */
    public void advance(Duration time) {
        ahead.addAndGet(time.toNanos());
    }

    /** The clock's state is another one from now on. */
    public void state(ClockState other) {
        state = other;
    }

    @Override
    public long epochNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS + now.getNano() + ahead.get();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime() + ahead.get();
    }

    @Override
    public ClockState state() {
        return state;
    }

    @Override
    public OptionalLong corrected(long epochNanos) {
        return OptionalLong.empty();
    }

    @Override
    public Optional<ClockStep> lastStep() {
        return Optional.empty();
    }

    @Override
    public String bootId() {
        return "";
    }

    @Override
    public long processStartNanos() {
        return 0;
    }
}
