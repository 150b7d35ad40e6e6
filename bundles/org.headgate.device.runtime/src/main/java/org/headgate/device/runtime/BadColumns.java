package org.headgate.device.runtime;

/** Which columns were BAD when they were last read, and why. Used by the device's loop. */
final class BadColumns {
    private final Columns columns;
    private final String[] reasons;
    private int count;

    BadColumns(Columns columns) {
        this.columns = columns;
        this.reasons = new String[columns.size()];
    }

    /** Notes how a read ended for the columns that it asked for. */
    void note(RowReadings readings, Request request) {
        for (int column : request.columns()) {
            String reason = readings.reason(column);
            if (reason != null || reasons[column] != null) {
                count += (reason == null ? 0 : 1) - (reasons[column] == null ? 0 : 1);
                reasons[column] = reason;
            }
        }
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
