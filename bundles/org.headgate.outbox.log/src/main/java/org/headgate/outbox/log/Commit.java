package org.headgate.outbox.log;

import java.util.List;

/**
 * A group commit that is on disk.
 *
 * @param segment where it went
 * @param length the segment's length in bytes now
 * @param bytes how many bytes were written
 * @param lived the seconds that the log had lived through
 * @param taken how many of the offered rows it took, from the first
 * @param batches its batches, in order
 * @param tooLarge the rows among those taken that no record can hold
 */
record Commit(
        Segment segment, int length, int bytes, long lived, int taken, List<Added> batches, List<Entry> tooLarge) {
    /**
     * A batch in the commit.
     *
     * @param timeNanos the time of its first row
     * @param held whether it had its number before, in memory
     */
    record Added(BatchRecord batch, long timeNanos, boolean held) {}
}
