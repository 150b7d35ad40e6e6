package org.headgate.rule.engine;

import org.headgate.data.api.Row;

/** Takes what a rule puts out. Called inside of the rule's lock: it must not block. */
@FunctionalInterface
public interface RuleOutput {
    /** A result. */
    void row(Row row);

    /**
     * The results since the last call belong together: those of one window, or of one row.
     *
     * @param timeNanos the instant of the emission, in nanoseconds since the epoch
     */
    default void end(long timeNanos) {}
}
