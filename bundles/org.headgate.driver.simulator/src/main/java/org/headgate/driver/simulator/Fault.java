package org.headgate.driver.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.headgate.config.api.Texts;
import org.headgate.device.api.InvalidSettingException;

/**
 * One line of a fault script: {@code 60s bad temperature 10s}.
 *
 * @param at when it begins, in nanoseconds since the script's clock started
 * @param kind what goes wrong
 * @param channel for {@code bad}, which channel; else empty
 * @param delay for {@code slow}, how much longer each call takes; else 0
 * @param length how long it lasts
 */
record Fault(long at, Kind kind, String channel, long delay, long length) {
    static final String EXPECTED =
            "10s timeout 5s; 30s garbage 2s; 60s bad CHANNEL 10s; 90s flap 20s; 120s refuse 5s; 140s slow 300ms 10s; repeat 3m";

    enum Kind {
        /** Calls hang to the fault's end. */
        TIMEOUT,
        /** Wild values and wrong types. */
        GARBAGE,
        /** A channel is BAD. */
        BAD,
        /** The connection breaks each second. */
        FLAP,
        /** The connection breaks, and none can be opened. */
        REFUSE,
        /** Each call takes longer. */
        SLOW
    }

    /** Parses one part of a script. */
    static Fault parse(String text) throws InvalidSettingException {
        List<String> words = Arrays.asList(text.strip().split("\\s+"));
        Optional<Kind> kind = words.size() < 2 ? Optional.empty() : kind(words.get(1));
        if (kind.isEmpty()) {
            throw wrong(text);
        }
        boolean middle = kind.get() == Kind.BAD || kind.get() == Kind.SLOW;
        if (words.size() != (middle ? 4 : 3)) {
            throw wrong(text);
        }
        long delay = kind.get() == Kind.SLOW ? nanos(words.get(2), text) : 0;
        String channel = kind.get() == Kind.BAD ? words.get(2) : "";
        long length = nanos(words.get(words.size() - 1), text);
        if (length == 0) {
            throw wrong(text);
        }
        return new Fault(nanos(words.get(0), text), kind.get(), channel, delay, length);
    }

    /** Whether it lasts at a time. */
    boolean lasts(long nanos) {
        return nanos >= at && nanos - at < length;
    }

    static long nanos(String duration, String part) throws InvalidSettingException {
        Optional<Duration> value = Texts.duration(duration).filter(d -> d.toDays() <= 365);
        if (value.isEmpty()) {
            throw wrong(part);
        }
        return value.get().toNanos();
    }

    static InvalidSettingException wrong(String part) {
        return new InvalidSettingException("faults", part.strip(), EXPECTED);
    }

    private static Optional<Kind> kind(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }
}
