package org.headgate.uplink.runtime;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.headgate.outbox.api.OutboxBatch;

/** A batch on its way: what of it is not answered yet, and which of its rows the server has refused. On the uplink's loop only. */
final class Shipment {
    final Source source;
    /** As the log gave it out. */
    final OutboxBatch batch;
    /** As it is sent: with corrected times. */
    final OutboxBatch fitted;

    final List<Piece> pieces;
    final TreeSet<Integer> refused = new TreeSet<>();
    String why = "";
    /** Messages that are not answered, and pieces that are being cut. */
    int open;

    int bytes;
    /** The server has failed at it: nothing more of it is sent, and the log gives it out again. */
    boolean left;

    private final Map<Piece, Integer> carried = new IdentityHashMap<>();
    private final Map<Piece, Set<String>> cut = new IdentityHashMap<>();

    Shipment(Source source, OutboxBatch batch, OutboxBatch fitted, List<Piece> pieces) {
        this.source = source;
        this.batch = batch;
        this.fitted = fitted;
        this.pieces = pieces;
    }

    /** Rows that the server, or the format, will never take. */
    void refuse(int from, int to, String reason) {
        for (int row = from; row < to; row++) {
            refused.add(row);
        }
        why = reason;
    }

    /** A topic of a piece is to be cut, or all topics (the empty one); false where it was before. */
    boolean cuts(Piece piece, String topic) {
        return cut.computeIfAbsent(piece, missing -> new HashSet<>()).add(topic);
    }

    /** A message of a piece was acknowledged; whether that was the last one of some rows, but not of the whole batch. */
    boolean isComplete(Piece piece) {
        return piece.rows() < batch.rows().size()
                && piece.topic().isEmpty()
                && carried.merge(piece, 1, Integer::sum) == piece.messages().size();
    }

    Poison.Key key(int row) {
        return new Poison.Key(source.priority(), batch.position(), row);
    }
}
