package org.headgate.device.runtime;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;

/** The last row in which each column was there. Filled by the device's loop, asked from any thread; no row is copied. */
final class Latest {
    private final Schema schema;
    private final AtomicReferenceArray<Row> rows;

    Latest(Schema schema) {
        this.schema = schema;
        this.rows = new AtomicReferenceArray<>(schema.size());
    }

    boolean isOf(Row row) {
        return row.schema() == schema;
    }

    void keep(Row row) {
        for (int i = 0; i < rows.length(); i++) {
            if (row.quality(i) != Quality.ABSENT) {
                rows.setRelease(i, row);
            }
        }
    }

    /** Whether all that a row has is the last of its column, with its time. */
    boolean has(Row row) {
        for (int i = 0; i < rows.length(); i++) {
            Row last = rows.getAcquire(i);
            if (row.quality(i) != Quality.ABSENT && (last == null || !isSame(last, row, i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether two rows have the same sample of a column: its time, quality and value. */
    static boolean isSame(Row one, Row other, int column) {
        return one.timeNanos() == other.timeNanos()
                && one.quality(column) == other.quality(column)
                && Objects.deepEquals(one.object(column), other.object(column));
    }

    Optional<Row> of(String column) {
        int index = schema.indexOf(column);
        return index < 0 ? Optional.empty() : Optional.ofNullable(rows.getAcquire(index));
    }
}
