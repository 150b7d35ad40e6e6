package org.headgate.payload.sparkplug;

import org.headgate.outbox.api.OutboxBatch;

/**
 * What a node has encoded last, and where it stood before.
 *
 * @param batch the batch, or a piece of one
 * @param device whose rows they are
 * @param seq the number of the message before
 * @param wasBorn whether the device was born before
 * @param withBirth whether its device is born in it
 * @param withAll whether the node and all devices are
 */
record Encoded(OutboxBatch batch, StreamDevice device, int seq, boolean wasBorn, boolean withBirth, boolean withAll) {
    /** Whether it was made of this batch, or piece. */
    boolean isOf(OutboxBatch other) {
        return other.stream().equals(batch.stream())
                && other.log().equals(batch.log())
                && other.seq() == batch.seq()
                && other.part().equals(batch.part());
    }

    /** As if it had not been encoded, but for births: they are due. */
    void undo() {
        device.undrop(batch.dropped());
        if (withBirth) {
            device.unborn(wasBorn);
        }
    }
}
