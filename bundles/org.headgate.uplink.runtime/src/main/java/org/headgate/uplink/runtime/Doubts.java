package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.headgate.outbox.api.Priority;
import org.headgate.system.api.Clock;

/**
 * Batches at which a server has had an error of its own (MQTT 5, 3.4.2.1: 0x80, 0x83), by its own fault or by theirs. They are tried again
 * while what is behind them goes on, and are guilty when they fail each time while others pass: a server that takes nothing accuses
 * nobody, and one that takes a batch at last clears all. A stream whose batches fail one after the other sends few. Thread-safe.
 */
final class Doubts {
    /** So many errors, each but the first after something else has passed, are no accident: a minute of them at least. */
    static final int STRIKES = 6;
    /** So many errors without anything that passes are the server's own. */
    static final int ALL = 8;

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(32);
    /** A batch that is not seen again was given up by its log. */
    private static final Duration GONE = Duration.ofMinutes(10);
    /** So many errors of a stream in a row end its part in a round. */
    private static final int PART = 2;
    /** What may go past a doubt until it is tried again: each batch that does is remembered one by one. */
    private static final int PAST = 500;

    private static final int PAST_IN_ALL = 5_000;
    private static final int PAST_THEN = 10;
    /** What may be passed over until then: it is read again. */
    private static final int OVER = 5_000;

    private final Clock clock;
    private final Map<Poison.Key, Doubt> doubts = new LinkedHashMap<>();
    private final Map<Stream, Integer> errors = new HashMap<>();
    private final Set<Stream> underWay = new HashSet<>();
    private long passes;
    private int unbroken;
    private int past;
    private int over;
    private int pastInAll;

    Doubts(Clock clock) {
        this.clock = clock;
    }

    /** What is to become of a batch that comes next in its lane. */
    enum Turn {
        /** It goes. */
        GO,
        /** It is not sent this time, what is behind it is. */
        LATER,
        /** It is left where it is, and its lane with it. */
        WAIT
    }

    /** What an error says. */
    enum Finding {
        /** Nothing yet. */
        OPEN,
        /** The message is at fault. */
        MESSAGE,
        /** The message is at fault, and nothing of its stream has passed meanwhile. */
        STREAM,
        /** The server takes nothing. */
        SERVER
    }

    private record Stream(Priority priority, String name) {}

    private static final class Doubt {
        final Stream stream;
        Poison.Key at;
        int strikes;
        int tries;
        long passesThen;
        long dueNanos;
        /** Others of its stream have passed since it failed first. */
        boolean alone;

        Doubt(Stream stream) {
            this.stream = stream;
        }
    }

    /** The server has had an error at a piece of a batch. */
    synchronized Finding failed(Poison.Key key, String name) {
        Stream stream = new Stream(key.priority(), name);
        underWay.remove(stream);
        errors.merge(stream, 1, Integer::sum);
        Doubt doubt = doubts.computeIfAbsent(key.whole(), missing -> new Doubt(stream));
        if (!key.equals(doubt.at)) {
            doubt.at = key;
            doubt.strikes = 1;
            doubt.tries = 0;
        } else if (passes > doubt.passesThen) {
            doubt.strikes++;
        }
        doubt.passesThen = passes;
        long pause = Math.min(LONGEST.toNanos(), FIRST.toNanos() << Math.min(doubt.tries++, STRIKES));
        doubt.dueNanos = clock.monotonicNanos() + pause;
        if (doubt.strikes >= STRIKES) {
            doubts.remove(key.whole());
            unbroken = 0;
            return doubt.alone ? Finding.MESSAGE : Finding.STREAM;
        }
        if (++unbroken >= ALL) {
            unbroken = 0;
            return Finding.SERVER;
        }
        return Finding.OPEN;
    }

    /** The server has taken a message of a batch. */
    synchronized void passed(Poison.Key key, String name) {
        passes++;
        unbroken = 0;
        if (doubts.isEmpty() && errors.isEmpty()) {
            return;
        }
        Stream stream = new Stream(key.priority(), name);
        errors.remove(stream);
        underWay.remove(stream);
        doubts.values().stream().filter(doubt -> doubt.stream.equals(stream)).forEach(doubt -> doubt.alone = true);
    }

    /**
     * A batch is settled.
     *
     * @param taken whether the server has taken it: one that it had failed at proves that its errors pass: all others are due
     */
    synchronized void settled(Poison.Key key, String name, boolean taken) {
        if (!underWay.isEmpty()) {
            underWay.remove(new Stream(key.priority(), name));
        }
        if (doubts.remove(key.whole()) != null && taken) {
            past = 0;
            pastInAll = 0;
            doubts.values().forEach(other -> {
                other.strikes = Math.min(other.strikes, 1);
                other.dueNanos = clock.monotonicNanos();
            });
        }
    }

    /** All that is not settled is read again. */
    synchronized void rewound() {
        long now = clock.monotonicNanos();
        doubts.values().removeIf(doubt -> now - doubt.dueNanos > GONE.toNanos());
        errors.clear();
        underWay.clear();
        past = 0;
        over = 0;
        pastInAll = doubts.isEmpty() ? 0 : pastInAll;
    }

    /** What is to become of a batch; asked before it is read for good. */
    synchronized Turn turn(Poison.Key key, String name) {
        if (doubts.isEmpty() && errors.isEmpty()) {
            return Turn.GO;
        }
        Stream stream = new Stream(key.priority(), name);
        int inARow = errors.getOrDefault(stream, 0);
        Doubt doubt = doubts.get(key.whole());
        if (inARow >= PART || doubt != null && clock.monotonicNanos() - doubt.dueNanos < 0) {
            return over < OVER ? Turn.LATER : Turn.WAIT;
        }
        boolean enough = past >= (pastInAll < PAST_IN_ALL ? PAST : PAST_THEN) && isPast(key);
        return enough || inARow > 0 && underWay.contains(stream) ? Turn.WAIT : Turn.GO;
    }

    /** A batch has been read. */
    synchronized void read(Poison.Key key, String name, Turn turn) {
        if (turn == Turn.LATER) {
            over++;
        } else if (!doubts.isEmpty()) {
            underWay.add(new Stream(key.priority(), name));
            if (isPast(key)) {
                past++;
                pastInAll++;
            }
        }
    }

    private boolean isPast(Poison.Key key) {
        return doubts.keySet().stream()
                .anyMatch(doubt -> doubt.priority() == key.priority() && doubt.position() < key.position());
    }

    /** When all is to be read again, to try what has failed; empty when that is not needed. */
    synchronized Optional<Duration> again() {
        if (doubts.isEmpty()) {
            return Optional.empty();
        }
        long now = clock.monotonicNanos();
        Set<Stream> seen = new HashSet<>();
        long soonest = doubts.values().stream()
                .filter(doubt -> seen.add(doubt.stream))
                .mapToLong(doubt -> doubt.dueNanos - now)
                .min()
                .orElseThrow();
        return Optional.of(soonest > 0 ? Duration.ofNanos(soonest) : FIRST);
    }

    /** What a user should know about it; empty when there is nothing. */
    synchronized String detail() {
        Set<String> names = new TreeSet<>();
        doubts.values().forEach(doubt -> names.add(doubt.stream.name));
        return names.isEmpty()
                ? ""
                : "the server has errors of its own at " + String.join(", ", names) + ": tried again";
    }
}
