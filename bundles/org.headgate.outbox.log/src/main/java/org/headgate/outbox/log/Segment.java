package org.headgate.outbox.log;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.headgate.data.api.Schema;

/** What is known of one segment file. Guarded by the log's monitor, but for the schemas, which only grow. */
final class Segment {
    /** The version of the files' format; a segment of another one is set aside. */
    static final int FORMAT = 2;

    final long number;
    final long start;
    final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    final Map<String, Tally> tallies = new HashMap<>();
    /** Rows missing at an ordinal that were counted as dropped{corrupt} already. */
    final TreeMap<Long, Long> gaps = new TreeMap<>();
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
    /** The time of the first row that came when none was waiting: the age of the segment's oldest row or somewhat older. */
    long oldestNanos;
    /** The seconds that the log had lived through when the newest row came. */
    long newest;

    Segment(long number, long start) {
        this.number = number;
        this.start = start;
        this.end = start;
        this.index = new BatchIndex(start);
    }

    static String file(long number) {
        return String.format("%010d.seg", number);
    }

    /** The position in the log of an offset in this segment. */
    long position(int offset) {
        return number << 32 | offset;
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

    /** A batch was acknowledged or refused. */
    void settle(String stream, long rows, Map<String, Long> dropped) {
        waiting -= rows;
        Tally tally = tallies.get(stream);
        if (tally != null) {
            tally.rows -= rows;
            Counts.add(tally.reports, dropped, -1);
        }
    }

    /** Rows are missing from an ordinal on; returns how many of them were not known to be missing. */
    long gap(long ordinal, long rows) {
        long known = gaps.getOrDefault(ordinal, 0L);
        gaps.put(ordinal, Math.max(known, rows));
        return Math.max(0, rows - known);
    }

    /** Whether the row at an ordinal was counted as lost: where it can be read after all, it is not given out. */
    boolean isLost(long ordinal) {
        Map.Entry<Long, Long> gap = gaps.floorEntry(ordinal);
        return gap != null && ordinal < gap.getKey() + gap.getValue();
    }

    /** The stream with the most unsettled rows; empty when there is none. */
    String busiest() {
        String busiest = "";
        long most = 0;
        for (Map.Entry<String, Tally> each : tallies.entrySet()) {
            if (each.getValue().rows > most) {
                busiest = each.getKey();
                most = each.getValue().rows;
            }
        }
        return busiest;
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
