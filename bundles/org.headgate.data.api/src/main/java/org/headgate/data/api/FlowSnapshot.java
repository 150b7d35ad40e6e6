package org.headgate.data.api;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counters of one edge at one instant, in rows since the start of the process.
 *
 * @param from the producer
 * @param to the consumer
 * @param in rows that came in
 * @param recovered rows that the disk gave back at the start
 * @param passed rows that went on, or that the broker acknowledged
 * @param filtered rows that a condition held back
 * @param aggregated rows that went into closed windows
 * @param queued rows that wait, are in flight or are in open windows
 * @param dropped rows that were dropped, by reason
 * @param emitted rows that the consumer itself has put out
 * @param resent rows that were sent more than once
 */
public record FlowSnapshot(
        String from,
        String to,
        long in,
        long recovered,
        long passed,
        long filtered,
        long aggregated,
        long queued,
        Map<String, Long> dropped,
        long emitted,
        long resent) {
    public FlowSnapshot {
        dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
    }

    /** All dropped rows, whatever the reason. */
    public long droppedRows() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Rows that are unaccounted for: {@code in + recovered - passed - filtered - aggregated - queued - dropped}.
     * Anything but 0 is a defect of Headgate.
     */
    public long imbalance() {
        return in + recovered - passed - filtered - aggregated - queued - droppedRows();
    }
}
