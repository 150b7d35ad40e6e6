package org.headgate.device.runtime;

import java.util.HashMap;
import java.util.Map;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;

/**
 * What was read behind a write and published. A device that also reports tells of the same sample later, one publishing interval of an OPC
 * UA server for instance, and once. Lives on the device's loop, for one connection.
 */
final class Echoes {
    private final Map<Integer, Row> readBack = new HashMap<>();

    /** A row that has the driver's time was read behind a write. */
    void expect(Row row) {
        for (int column = 0; column < row.schema().size(); column++) {
            if (row.quality(column) != Quality.ABSENT) {
                readBack.put(column, row);
            }
        }
    }

    /** Whether all of a row was read back before. Asked of each row: its columns are not expected any more, whatever they have. */
    boolean ends(Row row) {
        boolean same = true;
        for (int column = 0; column < row.schema().size(); column++) {
            if (row.quality(column) != Quality.ABSENT) {
                Row before = readBack.remove(column);
                same &= before != null && Latest.isSame(before, row, column);
            }
        }
        return same;
    }
}
