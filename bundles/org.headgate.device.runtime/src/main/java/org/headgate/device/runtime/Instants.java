package org.headgate.device.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;

/**
 * Makes rows of a read whose values have times of their own: values of one time are one row, and the times ascend. A value that was published
 * with this time before was not measured anew, so it stands in the row of the answer: each poll would otherwise repeat a row of yesterday,
 * which is late for every rule that goes by times. Lives on the device's loop, and on from one connection to the next: else each of them would begin with
 * rows of yesterday.
 */
final class Instants {
    private final Schema schema;
    /** By column: the time of the value that was published last. */
    private final long[] published;

    Instants(Schema schema) {
        this.schema = schema;
        published = new long[schema.size()];
        Arrays.fill(published, RowReadings.NO_TIME);
    }

    /** The same, where the next connection has the same columns. */
    Instants following(Schema next) {
        return schema.equals(next) ? this : new Instants(next);
    }

    /** Notes what the device has reported by itself: a poll that repeats it finds it published. */
    void reported(Row row) {
        for (int column = 0; column < published.length; column++) {
            if (row.quality(column) != Quality.ABSENT) {
                published[column] = row.timeNanos();
            }
        }
    }

    /** The rows of a read, the oldest first. */
    List<Row> rows(RowReadings readings, Row whole) {
        if (!readings.haveOwnTimes() || readings.isEmpty()) {
            return List.of(whole);
        }
        Map<Long, RowBuilder> rows = new TreeMap<>();
        for (int column = 0; column < published.length; column++) {
            if (whole.quality(column) != Quality.ABSENT) {
                rows.computeIfAbsent(time(readings, column), time -> Row.builder(whole.schema()))
                        .copy(column, whole, column);
            }
        }
        return rows.entrySet().stream()
                .map(each -> each.getValue().build(each.getKey(), whole.clock()))
                .toList();
    }

    private long time(RowReadings readings, int column) {
        long own = readings.ownTime(column);
        if (own == RowReadings.NO_TIME || own == published[column]) {
            return readings.timeNanos();
        }
        published[column] = own;
        return own;
    }
}
