package org.headgate.device.channels;

import java.util.List;
import java.util.Optional;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;

/** Leaves out of a device's rows what its channels do not want reported. Used by one thread: the device's loop. */
public final class ReportFilter {
    /**
     * A filter for the rows of one stream.
     *
     * @param columns the channels, in the order of the schema's columns
     * @param schema the rows' schema
     */
    public ReportFilter(List<ChannelDefinition> columns, Schema schema) {
        throw new UnsupportedOperationException();
    }

    /**
     * What of a row is reported.
     *
     * @param monotonicNanos now, by the monotonic clock
     * @return the row itself when all of it is; else one in which the other columns are ABSENT; empty when nothing is left
     */
    public Optional<Row> filter(Row row, long monotonicNanos) {
        throw new UnsupportedOperationException();
    }

    /** Forgets what was reported, so that the next row is reported whole: for a device that comes back. */
    public void forget() {
        throw new UnsupportedOperationException();
    }
}
