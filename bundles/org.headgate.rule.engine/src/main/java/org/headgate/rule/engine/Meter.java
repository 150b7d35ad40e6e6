package org.headgate.rule.engine;

import org.headgate.rule.api.RuleExplanation;

/** How many rows a rule has seen, and what one costs: the mean of about the last so many that were measured. */
final class Meter {
    /** One row of so many is measured: reading the clock twice costs as much as a row. */
    static final int EACH = 1024;

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

    /** A row was measured. */
    void took(long nanos) {
        synchronized (lock) {
            samples++;
            mean += (nanos - mean) / Math.min(samples, MEMORY);
        }
    }

    RuleExplanation.Cost cost() {
        synchronized (lock) {
            return new RuleExplanation.Cost(mean, samples);
        }
    }
}
