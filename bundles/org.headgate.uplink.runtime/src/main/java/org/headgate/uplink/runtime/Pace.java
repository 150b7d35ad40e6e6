package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.headgate.outbox.api.Priority;
import org.headgate.system.api.Clock;

/**
 * How fast a backlog is sent: at most so many rows a second, and while live batches of its priority wait, at most its share of the batches.
 * The rate is not for what is of high priority: alarms do not wait for it. Used by one fetch at a time.
 */
final class Pace {
    private static final double SECOND = 1e9;

    private final Clock clock;
    private final double rate;
    private final double share;
    private final Map<Priority, Double> due = new EnumMap<>(Priority.class);
    private double rows;
    private long sinceNanos;

    /**
     * A pace.
     *
     * @param rate rows in a second; 0 for no limit
     * @param share the backlog's part of the batches, from 0 to 1
     */
    Pace(Clock clock, double rate, double share) {
        this.clock = clock;
        this.rate = rate;
        this.share = share;
        rows = rate;
        sinceNanos = clock.monotonicNanos();
    }

    /** Whether the backlog of a priority comes before the live batch that may wait. */
    boolean comesFirst(Priority priority) {
        double now = Math.min(1, due.getOrDefault(priority, 0.0) + share);
        due.put(priority, now);
        return now >= 1 && left(priority).isZero();
    }

    /** How long the rate keeps the backlog of a priority waiting. */
    Duration left(Priority priority) {
        if (rate == 0 || priority == Priority.HIGH) {
            return Duration.ZERO;
        }
        long now = clock.monotonicNanos();
        rows = Math.min(rate, rows + rate * (now - sinceNanos) / SECOND);
        sinceNanos = now;
        return rows >= 1 ? Duration.ZERO : Duration.ofNanos((long) ((1 - rows) / rate * SECOND) + 1);
    }

    /** A batch of the backlog is sent. */
    void sent(Priority priority, int count) {
        due.computeIfPresent(priority, (same, before) -> Math.max(0, before - 1));
        rows -= rate == 0 || priority == Priority.HIGH ? 0 : count;
    }
}
