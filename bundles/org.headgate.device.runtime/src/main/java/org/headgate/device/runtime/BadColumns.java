package org.headgate.device.runtime;

import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;

/**
 * Which columns are BAD, and why. What a read asks for is BAD until the next read of it. A report says nothing of the columns that it leaves out, so what is BAD stays
 * so until the device says otherwise. Those that one report makes BAD for the same reason have that in common, for example a message that could not be
 * understood, and not each a fault of its own: when one of them has a value again, it is over for all. Used by the device's loop.
 */
final class BadColumns {
    private final Columns columns;
    private final String[] reasons;
    /** The report that made a column BAD; 0 for a read. */
    private final long[] since;

    private long report;
    private int count;

    BadColumns(Columns columns) {
        this.columns = columns;
        this.reasons = new String[columns.size()];
        this.since = new long[columns.size()];
    }

    /** Notes how a read ended for the columns that it asked for. */
    void read(RowReadings readings, Request request) {
        for (int column : request.columns()) {
            set(column, readings.reason(column), 0);
        }
    }

    /** Notes what the device has reported. */
    void reported(RowReadings readings, Row row) {
        if (count == 0 && !readings.isBad()) {
            return;
        }
        report++;
        for (int column = 0; column < reasons.length; column++) {
            if (reasons[column] != null && !row.isNull(column)) {
                heal(column);
            }
        }
        for (int column = 0; column < reasons.length; column++) {
            if (row.quality(column) == Quality.BAD) {
                set(column, readings.reason(column), report);
            }
        }
    }

    private void heal(int healed) {
        String reason = reasons[healed];
        long one = since[healed];
        for (int column = 0; column < reasons.length; column++) {
            if (column == healed || one != 0 && since[column] == one && reason.equals(reasons[column])) {
                set(column, null, 0);
            }
        }
    }

    private void set(int column, String reason, long from) {
        count += (reason == null ? 0 : 1) - (reasons[column] == null ? 0 : 1);
        reasons[column] = reason;
        since[column] = from;
    }

    /** The first BAD channel and why; empty when there is none. */
    String first() {
        if (count == 0) {
            return "";
        }
        for (int i = 0; i < reasons.length; i++) {
            if (reasons[i] != null) {
                return columns.definition(i).channel().name() + ": " + reasons[i];
            }
        }
        return "";
    }
}
