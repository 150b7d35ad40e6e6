package org.headgate.outbox.log;

import java.util.HashMap;
import java.util.Map;

/**
 * The identity of batches that are given out of memory while the disk takes nothing: no number of the log's own can be reserved then, and
 * after a crash the disk may bring batches back under the numbers that came last. Each time that the disk fails has one. One thread at a time.
 */
final class StandIn {
    final String log;
    private final Map<String, Long> used = new HashMap<>();

    StandIn(String log) {
        this.log = log;
    }

    /** The number of the stream's next batch. */
    long take(String stream) {
        return used.merge(stream, 1L, Long::sum);
    }
}
