package org.headgate.device.runtime;

import java.time.Duration;
import org.headgate.system.api.Randomness;

/**
 * How long to wait before the next try: doubling from a second to a minute, each time between the half and the whole of it by
 * chance, so that a hall full of devices does not come back in one instant. It never gives up.
 */
final class DoublingBackOff {
    private static final long FIRST_MILLIS = 1_000;
    private static final long MOST_MILLIS = 60_000;

    private final Randomness randomness;
    private int tries;

    DoublingBackOff(Randomness randomness) {
        this.randomness = randomness;
    }

    /** Tries since the last success. */
    int tries() {
        return tries;
    }

    void succeeded() {
        tries = 0;
    }

    Duration failed() {
        long most = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(tries, 10));
        tries++;
        return Duration.ofMillis((long) (most * (0.5 + randomness.nextDouble() / 2)));
    }
}
