package org.headgate.uplink.runtime;

import java.util.List;
import java.util.Set;
import org.headgate.outbox.api.OutboxBatch.Part;
import org.headgate.uplink.api.Message;

/**
 * Neighbouring rows of a batch, encoded.
 *
 * @param from the index of the first row
 * @param to the index behind the last one
 * @param part how the piece is named in the payload
 * @param messages what carries it
 * @param topic the only topic of the batch that it is of; empty for all of them
 * @param topics where it goes by the settings
 */
record Piece(int from, int to, Part part, List<Message> messages, String topic, Set<String> topics) {
    /** What of it is cut when one of its messages is refused: that one's topic where the format keeps to the topics, or all of it. */
    String scope(Message refused) {
        return topics.size() > 1 && topics.contains(refused.topic()) ? refused.topic() : topic;
    }

    int rows() {
        return to - from;
    }

    int bytes() {
        return messages.stream().mapToInt(message -> message.payload().length).sum();
    }
}
