package org.headgate.outbox.api;

import java.time.Duration;

/**
 * How an outbox log keeps its rows.
 *
 * @param maxBytes bytes on disk beyond which {@code drop} decides what goes
 * @param segmentBytes the size at which a new segment file is begun; 0: a 64th of {@code maxBytes}, 1 MiB at least and 16 MiB at most
 * @param commitInterval how long a row may wait for its group commit: what a power cut can cost
 * @param commitRows how many rows make a group commit due at once
 * @param maxAge how old a row may become before it is dropped as expired, measured by what the gateway lived through, not by the wall
 *     clock; zero for no limit
 * @param minFreeBytes bytes that the log leaves free on its disk; below them it is as full
 * @param drop what is given up at a limit of bytes
 * @param durability when rows go to disk
 * @param folder an absolute folder for the log, on whatever disk; empty for {@code HOME/var/outbox}
 * @param requireMount whether {@code folder} must lie on a file system of its own: an absent disk is not replaced by the card under it
 */
public record OutboxSettings(
        long maxBytes,
        long segmentBytes,
        Duration commitInterval,
        int commitRows,
        Duration maxAge,
        long minFreeBytes,
        DropPolicy drop,
        Durability durability,
        String folder,
        boolean requireMount) {
    /** 16 MiB as for normal priority, committed every 100 ms or 1,000 rows, the oldest dropped first, 16 MiB of the disk left free. */
    public static final OutboxSettings DEFAULT = new OutboxSettings(
            defaultBytes(Priority.NORMAL),
            0,
            Duration.ofMillis(100),
            1000,
            Duration.ZERO,
            16L << 20,
            DropPolicy.OLDEST,
            Durability.ALWAYS,
            "",
            false);

    /** The bytes on disk that the log of a priority has without settings: 16 MiB, 4 MiB for high and for low. */
    public static long defaultBytes(Priority priority) {
        return priority == Priority.NORMAL ? 16L << 20 : 4L << 20;
    }

    /** The same with other sizes. */
    public OutboxSettings sized(long bytes, long segment) {
        return new OutboxSettings(
                bytes,
                segment,
                commitInterval,
                commitRows,
                maxAge,
                minFreeBytes,
                drop,
                durability,
                folder,
                requireMount);
    }
}
