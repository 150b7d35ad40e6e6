package org.headgate.rule.api;

import java.io.IOException;
import java.io.InputStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tries rules on what has happened, by the engine that runs them. Every method takes its time on the thread that calls it, ends early when that thread is
 * interrupted, and throws {@code IllegalArgumentException} with one line for the user when the rule is wrong. Thread-safe.
 */
@ProviderType
public interface RuleTrials {
    /** A recording that can be read twice. */
    @FunctionalInterface
    interface Recording {
        /** Opens it at its beginning. */
        InputStream open() throws IOException;
    }

    /**
     * What a rule puts out for a recording, of which a line is {@code {"stream":"boiler","time":1541152486013,"data":{"temperature":71.2}}}.
     *
     * @param lines how many emissions are handed over; all are counted
     */
    Trial test(String sql, Recording recording, int lines) throws IOException;

    /** What a configured rule, switched on or not, would put out for the rows that the history has of a time. */
    Trial replay(String rule, long fromNanos, long toNanos, int lines) throws IOException;

    /** What a configured rule would cost and save, by the rows that the history has of a time. */
    Forecast forecast(String rule, long fromNanos, long toNanos) throws IOException;
}
