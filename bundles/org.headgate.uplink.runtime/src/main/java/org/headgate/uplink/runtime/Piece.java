package org.headgate.uplink.runtime;

import java.util.List;
import org.headgate.outbox.api.OutboxBatch.Part;
import org.headgate.uplink.api.Message;

/**
 * Neighbouring rows of a batch, encoded.
 *
 * @param from the index of the first row
 * @param to the index behind the last one
 * @param part how the piece is named in the payload
 * @param messages what carries it
 */
record Piece(int from, int to, Part part, List<Message> messages) {
    int rows() {
        return to - from;
    }

    int bytes() {
        return messages.stream().mapToInt(message -> message.payload().length).sum();
    }
}
