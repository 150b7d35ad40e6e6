package org.headgate.history.api;

import java.util.List;
import java.util.OptionalLong;

/**
 * How the history goes.
 *
 * @param streams the names and patterns of the streams that are kept; empty when it is off
 * @param problem what is wrong, for a person; empty when nothing is
 * @param files how many files there are
 * @param bytes how large they are
 * @param oldestNanos the time of the oldest row on disk, in nanoseconds since the epoch
 * @param newestNanos the time of the newest row on disk
 */
public record HistoryStatus(
        List<String> streams,
        String problem,
        int files,
        long bytes,
        OptionalLong oldestNanos,
        OptionalLong newestNanos) {
    public HistoryStatus {
        streams = List.copyOf(streams);
    }
}
