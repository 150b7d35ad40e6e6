package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.headgate.system.api.Clock;

/**
 * Streams on which a server hangs up whatever they send, or fails at it, for example because their topic is not allowed: after some guilty rows in a row
 * their rows are set aside unsent for a while, so that all others pass. Then one more guilty row is enough. Thread-safe.
 */
final class Condemned {
    private static final Duration ASIDE = Duration.ofMinutes(10);
    private static final int STRIKES = 3;

    private final Clock clock;
    private final Map<String, Integer> strikes = new HashMap<>();
    private final Map<String, Sentence> sentences = new TreeMap<>();

    Condemned(Clock clock) {
        this.clock = clock;
    }

    private record Sentence(long untilNanos, String why) {}

    /** A row of it is guilty; whether its rows are set aside from now on. */
    synchronized boolean guilty(String stream, String why) {
        if (strikes.merge(stream, 1, Integer::sum) < STRIKES) {
            return false;
        }
        strikes.put(stream, STRIKES - 1);
        sentences.put(stream, new Sentence(clock.monotonicNanos() + ASIDE.toNanos(), why));
        return true;
    }

    /** The server has taken something of it. */
    synchronized void passed(String stream) {
        strikes.remove(stream);
    }

    /** Whether its rows are set aside now. */
    synchronized boolean holds(String stream) {
        forget();
        return sentences.containsKey(stream);
    }

    /** What the server does with what it sends. */
    synchronized String why(String stream) {
        Sentence sentence = sentences.get(stream);
        return sentence == null ? "" : sentence.why;
    }

    /** What a user should know about it; empty when there is nothing. */
    synchronized String detail() {
        forget();
        Map<String, String> streams = new TreeMap<>();
        sentences.forEach(
                (stream, sentence) -> streams.merge(sentence.why, stream, (one, other) -> one + ", " + other));
        return streams.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue() + ": set aside, tried again within "
                        + ASIDE.toMinutes() + " min")
                .collect(Collectors.joining("; "));
    }

    private void forget() {
        sentences.values().removeIf(sentence -> clock.monotonicNanos() - sentence.untilNanos >= 0);
    }
}
