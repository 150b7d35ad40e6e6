package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.system.api.Clock;

/**
 * Streams on which a server hangs up whatever they send, for example because their topic is not allowed: after some guilty rows in a row
 * their rows are set aside unsent for a while, so that all others pass. Then one more guilty row is enough. Thread-safe.
 */
final class Condemned {
    private static final Duration ASIDE = Duration.ofMinutes(10);
    private static final int STRIKES = 3;

    private final Clock clock;
    private final Map<String, Integer> strikes = new HashMap<>();
    private final Map<String, Long> until = new TreeMap<>();

    Condemned(Clock clock) {
        this.clock = clock;
    }

    /** A row of it is guilty; whether its rows are set aside from now on. */
    synchronized boolean guilty(String stream) {
        if (strikes.merge(stream, 1, Integer::sum) < STRIKES) {
            return false;
        }
        strikes.put(stream, STRIKES - 1);
        until.put(stream, clock.monotonicNanos() + ASIDE.toNanos());
        return true;
    }

    /** The server has taken something of it. */
    synchronized void passed(String stream) {
        strikes.remove(stream);
    }

    /** Whether its rows are set aside now. */
    synchronized boolean holds(String stream) {
        forget();
        return until.containsKey(stream);
    }

    /** What a user should know about it; empty when there is nothing. */
    synchronized String detail() {
        forget();
        return until.isEmpty()
                ? ""
                : "the server hangs up on " + String.join(", ", until.keySet()) + ": set aside, tried again within "
                        + ASIDE.toMinutes() + " min";
    }

    private void forget() {
        until.values().removeIf(over -> clock.monotonicNanos() - over >= 0);
    }
}
