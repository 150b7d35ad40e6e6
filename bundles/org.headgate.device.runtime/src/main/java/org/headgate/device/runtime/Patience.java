package org.headgate.device.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.headgate.system.api.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for what is being closed; once somebody has let us wait in vain, the next ones have less time: a stop must come to an end.
 * Thread-safe.
 */
final class Patience {
    /** As long as anybody is waited for. */
    static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(DeviceRegistry.class);

    private final Clock clock;
    private volatile long disappointedNanos;

    Patience(Clock clock) {
        this.clock = clock;
        this.disappointedNanos = clock.monotonicNanos() - Duration.ofDays(1).toNanos();
    }

    void await(CompletableFuture<Void> closing) {
        long now = clock.monotonicNanos();
        Duration patience = now - disappointedNanos < LONGEST.toNanos() * 6 ? LONGEST.dividedBy(50) : LONGEST;
        try {
            closing.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException hung) {
            disappointedNanos = clock.monotonicNanos();
            LOG.warn(
                    "a driver did not close its connections within {} ms; its threads are abandoned",
                    patience.toMillis());
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
