package org.headgate.outbox.log;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.headgate.data.api.Schema;

/** What is known of one segment file. Guarded by the log's monitor, but for the schemas, which only grow. */
final class Segment {
    /** The version of the files' format; a segment of another one is set aside. */
    static final int FORMAT = 1;

    final long number;
    final long start;
    final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    final Map<String, Tally> tallies = new HashMap<>();

    /** Bytes that may be read. */
    int committed;
    /** Bytes on disk, damaged ones included. */
    long bytes;
    /** The ordinal behind the last row. */
    long end;
    /** Rows that are not settled: neither acknowledged nor dropped. */
    long waiting;
    /** Rows that were found to be missing while it was read; whose they were is not known yet. */
    long lost;
    /** The time of the first row that came when none was waiting: the age of the segment's oldest row or somewhat older. */
    long oldestNanos;

    Segment(long number, long start) {
        this.number = number;
        this.start = start;
        this.end = start;
    }

    static String file(long number) {
        return String.format("%010d.seg", number);
    }

    /** A batch was added. */
    void add(BatchRecord batch, long timeNanos) {
        if (waiting == 0) {
            oldestNanos = timeNanos;
        }
        waiting += batch.rows();
        end = batch.end();
        Tally tally = tallies.computeIfAbsent(batch.stream(), missing -> new Tally());
        tally.rows += batch.rows();
        Counts.add(tally.reports, batch.dropped(), 1);
    }

    /** A batch is settled. */
    void settle(String stream, int rows, Map<String, Long> dropped) {
        waiting -= rows;
        Tally tally = tallies.get(stream);
        if (tally != null) {
            tally.rows -= rows;
            Counts.add(tally.reports, dropped, -1);
        }
    }

    /** The unsettled rows of one stream, and the drops that their batches report. */
    static final class Tally {
        long rows;
        final Map<String, Long> reports = new TreeMap<>();
    }
}
