package org.headgate.outbox.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.headgate.system.api.Clock;

/**
 * What the log says of refused rows: the first batch of a stream at once, then how many there were meanwhile, once a minute at most. A
 * stream that is set aside is refused batch by batch, for ever perhaps. Thread-safe.
 */
final class Refusals {
    private static final long EVERY = Duration.ofMinutes(1).toNanos();

    private final Clock clock;
    private final Map<String, Untold> streams = new HashMap<>();

    Refusals(Clock clock) {
        this.clock = clock;
    }

    private static final class Untold {
        long toldNanos;
        long rows;
        long batches;
    }

    /**
     * Some rows of a batch are refused; has the line to be written, if one is due.
     *
     * @param fate what has become of them, behind the word refused
     */
    synchronized Optional<String> refused(String stream, long seq, int rows, String fate, String why) {
        long now = clock.monotonicNanos();
        Untold untold = streams.get(stream);
        if (untold != null && now - untold.toldNanos < EVERY) {
            untold.rows += rows;
            untold.batches++;
            return Optional.empty();
        }
        String before = untold == null || untold.batches == 0
                ? ""
                : "; before that " + untold.rows + " rows in " + untold.batches + " batches";
        Untold told = new Untold();
        told.toldNanos = now;
        streams.put(stream, told);
        return Optional.of(rows + " rows of batch " + seq + " of " + stream + " refused" + fate + ": " + why + before);
    }

    /** What has not been told yet, at the end; empty when everything was. */
    synchronized Optional<String> rest() {
        long rows = streams.values().stream().mapToLong(untold -> untold.rows).sum();
        streams.clear();
        return rows == 0
                ? Optional.empty()
                : Optional.of(rows + " more rows were refused since the last line about it");
    }
}
