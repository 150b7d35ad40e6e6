package org.headgate.outbox.log;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.headgate.data.api.Schema;

/** What is known of one segment file. Guarded by the log's monitor, but for the schemas, which only grow. */
final class Segment {
    /** The version of the files' format; a segment of another one is set aside. */
    static final int FORMAT = 3;

    final long number;
    final long start;
    final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    final Map<String, Tally> tallies = new HashMap<>();
    /** Its batches while it has no summary on disk; null afterwards. */
    volatile BatchIndex index;

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
    /** Which drop of the log's was the last one of rows that are here; 0 for none. */
    long droppedAt;
    /** The seconds that the log had lived through when the newest row came. */
    long newest;

    Segment(long number, long start) {
        this.number = number;
        this.start = start;
        this.end = start;
        this.index = new BatchIndex(start);
    }

    static String file(long number) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, 10 - digits.length())) + digits + ".seg";
    }

    /** A batch was added. */
    void add(BatchRecord batch, long timeNanos) {
        if (waiting == 0) {
            oldestNanos = timeNanos;
        }
        end = batch.end();
        hold(batch.stream(), batch.rows(), batch.dropped());
    }

    /** Rows of a stream are here and not settled. */
    void hold(String stream, long rows, Map<String, Long> reports) {
        waiting += rows;
        tallies.computeIfAbsent(stream, missing -> new Tally()).add(rows, reports);
    }

    /** All that needs to be known stands in a summary. */
    void summarized(Summary summary) {
        index = null;
        committed = (int) bytes;
        end = summary.end();
        oldestNanos = summary.oldestNanos();
        newest = summary.lived();
        schemas.putAll(summary.schemas());
    }

    /** A batch is settled. */
    void settle(String stream, long rows, Map<String, Long> dropped) {
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

        void add(long more, Map<String, Long> reported) {
            rows += more;
            Counts.add(reports, reported, 1);
        }
    }
}
