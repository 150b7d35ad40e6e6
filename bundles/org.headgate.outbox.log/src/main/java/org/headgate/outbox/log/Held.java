package org.headgate.outbox.log;

import java.util.List;
import org.headgate.data.api.Row;

/**
 * A batch that has its number and is not on disk.
 *
 * @param batch its head; the schemas are those of the rows
 * @param rows its rows
 * @param bytes about how many bytes it would take on disk
 * @param sinceNanos since when it is kept, in monotonic time
 */
record Held(BatchRecord batch, List<Row> rows, int bytes, long sinceNanos) {
    Held {
        rows = List.copyOf(rows);
    }
}
