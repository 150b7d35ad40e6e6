package org.headgate.outbox.api;

import java.util.List;
import java.util.Map;
import org.headgate.data.api.Row;

/**
 * Rows of one stream that travel together. (stream, log, seq) identifies it for ever; where a batch must be sent in pieces, (stream,
 * log, seq, part) identifies each.
 *
 * @param position where it stands in the log; ascending
 * @param stream the stream's name
 * @param log the log's identity, a ULID; a new one only when counting could not go on
 * @param seq the number of the batch in its stream and log, from 1, without gaps but for damaged records and rows that were never
 *     durable
 * @param rows the rows, in order, at least one; their schemas may differ
 * @param dropped rows of this stream that were dropped since the previous batch, by reason
 * @param resent whether it was given out before in this process
 * @param recovered whether its rows were appended by an earlier process, whose times cannot be compared with this one's
 * @param historical whether it comes from a backlog
 * @param part which piece of the batch this is; {@link Part#WHOLE} as the log gives it out
 */
public record OutboxBatch(
        long position,
        String stream,
        String log,
        long seq,
        List<Row> rows,
        Map<String, Long> dropped,
        boolean resent,
        boolean recovered,
        boolean historical,
        Part part) {
    public OutboxBatch {
        rows = List.copyOf(rows);
        dropped = Map.copyOf(dropped);
    }

    /**
     * A piece of a batch.
     *
     * @param number which one, from 1
     * @param of how many pieces there are
     */
    public record Part(int number, int of) {
        /** All of it. */
        public static final Part WHOLE = new Part(1, 1);
    }

    /** The same batch with other rows: with corrected times. */
    public OutboxBatch with(List<Row> others) {
        return new OutboxBatch(position, stream, log, seq, others, dropped, resent, recovered, historical, part);
    }

    /** A piece of it: drops are told by the first one only. */
    public OutboxBatch piece(List<Row> some, Part which) {
        return new OutboxBatch(
                position,
                stream,
                log,
                seq,
                some,
                which.number() == 1 ? dropped : Map.of(),
                resent,
                recovered,
                historical,
                which);
    }
}
