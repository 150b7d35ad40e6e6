package org.headgate.outbox.log;

import java.util.List;
import org.headgate.data.api.Row;

/**
 * A batch that has its number and is not on disk. One with a {@link StandIn} gets another number when it is written.
 *
 * @param standIn the identity under which it is given out, where that is not the log's own; else empty
 * @param batch its head; the schemas are those of the rows
 * @param rows its rows
 * @param bytes about how many bytes it would take on disk
 * @param sinceNanos since when it is kept, in monotonic time
 */
record Held(String standIn, BatchRecord batch, List<Row> rows, int bytes, long sinceNanos) {
    Held {
        rows = List.copyOf(rows);
    }

    boolean isStandIn() {
        return !standIn.isEmpty();
    }
}
