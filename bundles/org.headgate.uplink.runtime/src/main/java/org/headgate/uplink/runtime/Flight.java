package org.headgate.uplink.runtime;

import java.util.Optional;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.RemoteCommands;

/**
 * A message that is to be sent, or is on its way.
 *
 * @param shipment the batch that it carries; empty when it carries none
 * @param piece which rows of it; {@code null} when it carries none
 * @param isBirth whether batches wait for it
 * @param isAnswer whether it is an answer to a command
 * @param reply what gives another one in the place of this answer; empty when nothing does
 * @param sinceNanos since when it is on its way, on the monotonic clock
 */
record Flight(
        Message message,
        Optional<Shipment> shipment,
        Piece piece,
        boolean isBirth,
        boolean isAnswer,
        Optional<RemoteCommands.Reply> reply,
        long sinceNanos) {
    static Flight birth(Message message) {
        return new Flight(message, Optional.empty(), null, true, false, Optional.empty(), 0);
    }

    static Flight of(Message message) {
        return new Flight(message, Optional.empty(), null, false, false, Optional.empty(), 0);
    }

    static Flight of(RemoteCommands.Reply reply, long limit) {
        return new Flight(reply.within(limit), Optional.empty(), null, false, true, Optional.of(reply), 0);
    }

    /** What stands in for an answer; nothing does for it. */
    static Flight standIn(Message message) {
        return new Flight(message, Optional.empty(), null, false, true, Optional.empty(), 0);
    }

    static Flight of(Message message, Shipment shipment, Piece piece) {
        return new Flight(message, Optional.of(shipment), piece, false, false, Optional.empty(), 0);
    }

    /** The same, on its way now. */
    Flight at(long nanos) {
        return new Flight(message, shipment, piece, isBirth, isAnswer, reply, nanos);
    }
}
