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
 * @param reply the answer to a command that it is; empty when it is none
 * @param sinceNanos since when it is on its way, on the monotonic clock
 */
record Flight(
        Message message,
        Optional<Shipment> shipment,
        Piece piece,
        boolean isBirth,
        Optional<RemoteCommands.Reply> reply,
        long sinceNanos) {
    static Flight birth(Message message) {
        return new Flight(message, Optional.empty(), null, true, Optional.empty(), 0);
    }

    static Flight of(Message message) {
        return new Flight(message, Optional.empty(), null, false, Optional.empty(), 0);
    }

    static Flight of(RemoteCommands.Reply reply, long limit) {
        return new Flight(reply.within(limit), Optional.empty(), null, false, Optional.of(reply), 0);
    }

    static Flight of(Message message, Shipment shipment, Piece piece) {
        return new Flight(message, Optional.of(shipment), piece, false, Optional.empty(), 0);
    }

    /** The same, on its way now. */
    Flight at(long nanos) {
        return new Flight(message, shipment, piece, isBirth, reply, nanos);
    }
}
