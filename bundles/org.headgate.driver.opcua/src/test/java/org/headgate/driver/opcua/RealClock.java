package org.headgate.driver.opcua;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.headgate.data.api.ClockState;
import org.headgate.system.api.Clock;
import org.headgate.system.api.ClockStep;

/** The machine's clock: what talks to real servers needs real time-outs. */
final class RealClock implements Clock {
    @Override
    public long epochNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
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
