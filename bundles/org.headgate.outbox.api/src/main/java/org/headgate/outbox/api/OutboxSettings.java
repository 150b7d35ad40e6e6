package org.headgate.outbox.api;

import java.time.Duration;

/**
 * How an outbox log keeps its rows.
 *
 * @param maxBytes bytes on disk beyond which whole segments of the oldest rows are dropped and counted
 * @param segmentBytes the size at which a new segment file is begun
 * @param commitInterval how long a row may wait for its group commit: what a power cut can cost
 * @param commitRows how many rows make a group commit due at once
 */
public record OutboxSettings(long maxBytes, long segmentBytes, Duration commitInterval, int commitRows) {
    /** 32 MiB in segments of 1 MiB, committed every 100 ms or 1,000 rows. */
    public static final OutboxSettings DEFAULT = new OutboxSettings(32L << 20, 1L << 20, Duration.ofMillis(100), 1000);
}
