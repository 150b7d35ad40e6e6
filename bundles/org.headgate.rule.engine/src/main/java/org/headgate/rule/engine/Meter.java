package org.headgate.rule.engine;

import java.util.function.Supplier;
import org.headgate.rule.api.RuleExplanation;

/** How many rows a rule has seen, and what one costs: the mean of about the last so many that were measured. */
final class Meter {
    /** One row of 1,024 (two to this power) is measured, with those that came together with it: reading the clock twice costs as much as a row. */
    static final int SHIFT = 10;

    private static final int MEMORY = 64;
    private final Object lock;
    private long rows;
    private long alarmAt = Long.MAX_VALUE;
    private Runnable alarm = () -> {};
    private double mean;
    private long samples;

    /** Counts under a rule's lock. */
    Meter(Object lock) {
        this.lock = lock;
    }

    /** A row has come; under the lock. */
    void row() {
        if (++rows == alarmAt) {
            alarm.run();
        }
    }

    /** Rows have come together; under the lock. */
    void rows(int more) {
        boolean passes = rows < alarmAt && rows + more >= alarmAt;
        rows += more;
        if (passes) {
            alarm.run();
        }
    }

    /** Runs something once, when so many rows have come in all; it must not block. */
    void alarm(long atRows, Runnable task) {
        synchronized (lock) {
            alarmAt = Math.max(atRows, rows + 1);
            alarm = task;
        }
    }

    /** The rows that the rule has seen. */
    long rows() {
        synchronized (lock) {
            return rows;
        }
    }

    /** So many rows that came together were measured. */
    void took(long nanos, int measured) {
        synchronized (lock) {
            samples++;
            mean += ((double) nanos / measured - mean) / Math.min(samples, MEMORY);
        }
    }

    /** What the rule remembers, and how many rows it has seen, at one instant. */
    Checkpoints.Snapshot snapshot(Supplier<byte[]> state) {
        synchronized (lock) {
            return new Checkpoints.Snapshot(state.get(), rows);
        }
    }

    RuleExplanation.Cost cost() {
        synchronized (lock) {
            return new RuleExplanation.Cost(mean, samples);
        }
    }
}
