package org.headgate.payload.sparkplug;

import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxBatch.Part;

/**
 * What a session has encoded last, as long as it has said nothing else since.
 *
 * @param batch the batch, or a piece of one
 * @param seq the number of the message before
 * @param withBirth whether its device is born in it
 */
record Encoded(OutboxBatch batch, int seq, boolean withBirth) {
    /** Whether a piece is the beginning of the same rows: then the runtime found the whole too large and sends it in pieces. */
    boolean isReplacedBy(OutboxBatch piece) {
        Part whole = batch.part();
        Part part = piece.part();
        int pieces = part.of() / whole.of();
        return piece.stream().equals(batch.stream())
                && piece.log().equals(batch.log())
                && piece.seq() == batch.seq()
                && pieces > 1
                && part.number() == (whole.number() - 1) * pieces + 1;
    }

    /** As if it had not been encoded. */
    void undo(StreamDevice device) {
        device.undrop(batch.dropped());
        if (withBirth) {
            device.died();
        }
    }
}
