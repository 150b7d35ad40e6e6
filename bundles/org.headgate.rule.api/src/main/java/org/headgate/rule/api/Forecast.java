package org.headgate.rule.api;

import java.time.Duration;
import java.util.List;

/**
 * What a rule would cost and save.
 *
 * @param in rows that it read
 * @param out rows that it put out
 * @param bytesIn what it read would have as JSON, in bytes
 * @param bytesOut what it put out has as JSON
 * @param bytesStored what it put out has in an outbox
 * @param span from its first to its last row
 * @param errors how far off each number is that is in both, see {@link Error}
 * @param notes what went wrong on the way, a line each
 */
public record Forecast(
        long in,
        long out,
        long bytesIn,
        long bytesOut,
        long bytesStored,
        Duration span,
        List<Error> errors,
        List<String> notes) {
    public Forecast {
        errors = List.copyOf(errors);
        notes = List.copyOf(notes);
    }

    /**
     * How well a number can be told afterwards from the rows that were put out.
     *
     * @param column its column, of the same name in and out
     * @param unit its unit
     * @param worst the largest distance between a value that came in and what is told of its time
     * @param linear whether a straight line between two rows tells it best; otherwise the row before does
     */
    public record Error(String column, String unit, double worst, boolean linear) {}
}
