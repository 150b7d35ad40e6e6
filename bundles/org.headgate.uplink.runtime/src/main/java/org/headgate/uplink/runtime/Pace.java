package org.headgate.uplink.runtime;

import java.time.Duration;
import org.headgate.system.api.Clock;

/**
 * How fast a backlog is sent: at most so many rows a second, and while live batches wait, at most its share of the batches. Used by one
 * fetch at a time.
 */
final class Pace {
    private static final double SECOND = 1e9;

    private final Clock clock;
    private final double rate;
    private final double share;
    private double due;
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

    /** Whether the backlog comes before the live batch that may wait. */
    boolean comesFirst() {
        due = Math.min(1, due + share);
        return due >= 1 && left().isZero();
    }

    /** How long the rate keeps the backlog waiting. */
    Duration left() {
        if (rate == 0) {
            return Duration.ZERO;
        }
        long now = clock.monotonicNanos();
        rows = Math.min(rate, rows + rate * (now - sinceNanos) / SECOND);
        sinceNanos = now;
        return rows >= 1 ? Duration.ZERO : Duration.ofNanos((long) ((1 - rows) / rate * SECOND) + 1);
    }

    /** A batch of the backlog is sent. */
    void sent(int count) {
        due = Math.max(0, due - 1);
        rows -= rate == 0 ? 0 : count;
    }
}
