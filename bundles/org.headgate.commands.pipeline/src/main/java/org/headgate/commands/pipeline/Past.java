package org.headgate.commands.pipeline;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Texts;
import org.headgate.console.api.UsageException;

/**
 * A time that has passed: {@code from=24h to=1h}, or instants in ISO 8601.
 *
 * @param fromNanos its beginning, in nanoseconds since the epoch
 * @param toNanos its end
 */
record Past(long fromNanos, long toNanos) {
    static final String FROM = "from";
    static final String TO = "to";

    private static final String EXPECTED = Texts.DURATION_EXPECTED + " ago, or an instant such as 2026-11-21T12:00:00Z";

    /** What the words say; {@code from} must be there. */
    static Past of(Map<String, Optional<String>> words, long nowNanos) throws UsageException {
        Optional<String> from = words.getOrDefault(FROM, Optional.empty());
        if (from.isEmpty()) {
            throw new UsageException("missing from= (expected: " + EXPECTED + ")");
        }
        Optional<String> to = words.getOrDefault(TO, Optional.empty());
        Past past = new Past(
                nanos(FROM, from.get(), nowNanos), to.isEmpty() ? Long.MAX_VALUE : nanos(TO, to.get(), nowNanos));
        if (past.fromNanos >= past.toNanos) {
            throw new UsageException("to=" + to.orElse("") + " (expected: later than from)");
        }
        return past;
    }

    private static long nanos(String key, String text, long nowNanos) throws UsageException {
        var ago = Texts.duration(text);
        if (ago.isPresent()) {
            return ago.get().getSeconds() > nowNanos / 1_000_000_000
                    ? 0
                    : nowNanos - ago.get().toNanos();
        }
        try {
            var instant = OffsetDateTime.parse(text).toInstant();
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeException | ArithmeticException wrong) {
            throw new UsageException(key + "=" + text + " (expected: " + EXPECTED + ")");
        }
    }
}
