package org.headgate.outbox.api;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What servers have refused, in the quarantine of each open log: never sent again, of a bounded size, the oldest given up first. Thread-safe;
 * everything blocks.
 */
@ProviderType
public interface RefusedBatches {
    /**
     * What is kept now.
     *
     * @throws IOException when no such log is open, or its disk cannot be read
     */
    Kept list(OutboxName name) throws IOException;

    /**
     * Deletes what somebody has seen, readable or not, and takes the lost rows that she has seen off their count; what was refused
     * since then stays. Returns how many batches were deleted.
     *
     * @param newest what {@link Kept#newest} was then
     * @param lost what {@link Kept#lost} was then
     * @throws IOException when no such log is open, or its disk does not take it: some of it may be deleted then
     */
    int clear(OutboxName name, String newest, long lost) throws IOException;

    /**
     * What is kept of one log at some time.
     *
     * @param batches the oldest first: of each batch the rows that were refused, under its (stream, log, seq)
     * @param unreadable how many more are kept that are damaged, or cannot be read now; 0 or more
     * @param newest the newest of all, readable or not, by a name that means something to {@link #clear} only; empty when there is none
     * @param lost how many refused rows are not kept, since the log was opened or what was lost before was cleared; 0 or more
     */
    record Kept(List<OutboxBatch> batches, int unreadable, String newest, long lost) {
        /** Takes a copy of the list. */
        public Kept {
            batches = List.copyOf(batches);
            if (unreadable < 0 || lost < 0) {
                throw new IllegalArgumentException(unreadable + " unreadable, " + lost + " lost (expected: 0 or more)");
            }
        }

        /** How many batches are kept, readable or not. */
        public int count() {
            return batches.size() + unreadable;
        }

        /** How many rows can be read. */
        public long rows() {
            return batches.stream().mapToLong(batch -> batch.rows().size()).sum();
        }
    }
}
