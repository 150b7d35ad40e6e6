package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Row;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.system.api.Clock;

/**
 * Rows from before the clock was set wait in the log, and those behind them too, until it is set and their times can be
 * corrected, or until the oldest of them has waited long enough. After that no more rows wait: a clock that nobody has set by
 * then may never be. Like {@link Totals} it outlives the uplink, whose file may be edited. Thread-safe.
 */
final class ClockHold {
    private static final long NEVER = Long.MIN_VALUE;

    private final Clock clock;
    private long sinceNanos = NEVER;
    /** Up to which position batches have left marked, by log. */
    private final Map<String, Long> marked = new HashMap<>();

    ClockHold(Clock clock) {
        this.clock = clock;
    }

    /** A row is on its way into the log. */
    void appended(Row row) {
        if (isUnset(row)) {
            synchronized (this) {
                sinceNanos = sinceNanos == NEVER ? clock.monotonicNanos() : sinceNanos;
            }
        }
    }

    /** Whether a batch may go now. */
    boolean lets(OutboxBatch batch, Duration most) {
        return !isOurs(batch) || left(most).isZero();
    }

    /** How long rows from before the clock was set will wait yet, at most; zero when they do not. */
    synchronized Duration left(Duration most) {
        if (clock.state() != ClockState.UNSET) {
            sinceNanos = NEVER;
        }
        if (sinceNanos == NEVER) {
            return Duration.ZERO;
        }
        Duration left = most.minusNanos(clock.monotonicNanos() - sinceNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * The batch as it is sent: with corrected times once the clock is set. A batch that has left marked stays so when it is sent
     * again, for under one number there is one content; a corrected one comes out the same each time.
     */
    synchronized OutboxBatch fitted(OutboxBatch batch) {
        if (!isOurs(batch) || batch.position() <= marked.getOrDefault(batch.log(), NEVER)) {
            return batch;
        }
        if (clock.state() == ClockState.UNSET) {
            marked.merge(batch.log(), batch.position(), Math::max);
            return batch;
        }
        List<Row> corrected = batch.rows().stream()
                .map(row -> isUnset(row) ? corrected(row) : row)
                .toList();
        return batch.with(corrected);
    }

    /** What nobody can correct stays as it is, and marked. */
    private Row corrected(Row row) {
        OptionalLong time = clock.corrected(row.timeNanos());
        return time.isPresent() ? row.at(time.getAsLong(), ClockState.SYNCED) : row;
    }

    /** What a user should know about it; empty when there is nothing. */
    String detail(Duration most) {
        Duration left = left(most);
        if (!left.isZero()) {
            return "holds rows until the clock is set, for " + (left.toSeconds() + 1) + " s at most";
        }
        return isGivenUp() ? "the clock is not set: rows go out marked" : "";
    }

    private synchronized boolean isGivenUp() {
        return sinceNanos != NEVER;
    }

    /** Times of an earlier process cannot be corrected: nobody knows what its clock has gone through since. */
    private static boolean isOurs(OutboxBatch batch) {
        return !batch.recovered() && batch.rows().stream().anyMatch(ClockHold::isUnset);
    }

    private static boolean isUnset(Row row) {
        return row.clock() == ClockState.UNSET;
    }
}
