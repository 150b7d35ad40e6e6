package org.headgate.outbox.api;

import java.time.Duration;
import org.headgate.data.api.FlowSnapshot;

/**
 * An outbox log as the console shows it.
 *
 * @param name whose log it is
 * @param log the log's identity
 * @param flow its rows: {@code passed} are acknowledged, {@code queued} wait or are in flight
 * @param bytes bytes on disk
 * @param maxBytes bytes that it may have there now: less than configured while the disk has less than {@code outbox.min-free}
 * @param maxAge how long a row may wait; zero when there is no limit
 * @param segments segment files on disk
 * @param backlog rows of {@code queued} that wait in the backlog's lane
 * @param atRisk rows of {@code queued} that a power cut would cost now, because they are not on disk
 * @param syncs syncs of files and folders since the start of the process
 * @param bytesWritten bytes written since the start of the process (card wear)
 * @param runNanos how long the log has been open in this process, for rates
 * @param oldestNanos the time of the oldest row that waits, in nanoseconds since the epoch; 0 when none does
 * @param bytesPerSecond how fast the log would grow now if nothing was acknowledged, over the last minutes; 0 when nothing comes
 * @param refusedLost rows that were refused and are not in quarantine: it was full, or could not be written; since the log was opened, or
 *     the quarantine was emptied
 * @param problem what is wrong with the disk, or that it is nearly full; empty when nothing is
 */
public record OutboxStatus(
        OutboxName name,
        String log,
        FlowSnapshot flow,
        long bytes,
        long maxBytes,
        Duration maxAge,
        int segments,
        long backlog,
        long atRisk,
        long syncs,
        long bytesWritten,
        long runNanos,
        long oldestNanos,
        double bytesPerSecond,
        long refusedLost,
        String problem) {}
