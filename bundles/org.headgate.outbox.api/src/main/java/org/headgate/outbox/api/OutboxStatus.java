package org.headgate.outbox.api;

import org.headgate.data.api.FlowSnapshot;

/**
 * An outbox log as the console shows it.
 *
 * @param uplink the uplink whose log it is
 * @param log the log's identity
 * @param flow its rows: {@code passed} are acknowledged, {@code queued} wait or are in flight
 * @param bytes bytes on disk
 * @param segments segment files on disk
 * @param syncs group commits that were synced since the start of the process
 * @param bytesWritten bytes written since the start of the process (card wear)
 * @param oldestNanos the time of the oldest row that waits, in nanoseconds since the epoch; 0 when none does
 * @param problem what is wrong with the disk; empty when nothing is
 */
public record OutboxStatus(
        String uplink,
        String log,
        FlowSnapshot flow,
        long bytes,
        int segments,
        long syncs,
        long bytesWritten,
        long oldestNanos,
        String problem) {}
