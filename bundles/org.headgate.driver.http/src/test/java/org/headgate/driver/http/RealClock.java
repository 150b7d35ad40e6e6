package org.headgate.driver.http;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.headgate.data.api.ClockState;
import org.headgate.system.api.Clock;
import org.headgate.system.api.ClockStep;

/** The machine's time: sockets know no other. */
final class RealClock implements Clock {
    @Override
    public long epochNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public ClockState state() {
        return ClockState.SYNCED;
    }

    @Override
    public OptionalLong corrected(long epochNanos) {
        return OptionalLong.of(epochNanos);
    }

    @Override
    public Optional<ClockStep> lastStep() {
        return Optional.empty();
    }

    @Override
    public String bootId() {
        return "test";
    }

    @Override
    public long processStartNanos() {
        return 0;
    }
}
