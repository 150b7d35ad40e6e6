package org.headgate.outbox.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;

/**
 * Which batches a segment holds, in order, in about four bytes each: so that one that cannot be read any more has a name, and what
 * is settled can be told from what is not without reading the segment. It is in memory while the segment has no summary and stands in
 * that afterwards. Thread-safe.
 */
final class BatchIndex {
    private static final int HOLE = 0;

    private final long start;
    private final ByteOutput entries = new ByteOutput(128);
    private final List<String> streams = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    /** The ordinal behind the last batch. */
    private long end;

    private int count;

    BatchIndex(long start) {
        this.start = start;
        end = start;
    }

    /**
     * A batch.
     *
     * @param stream its stream
     * @param ordinal the number of its first row
     * @param rows how many rows there are
     * @param reports the dropped rows that it tells of
     */
    record Item(String stream, long ordinal, long rows, Map<String, Long> reports) {}

    /** What is remembered, to come back to when a commit fails. */
    record Mark(int size, int count, long end, int streams) {}

    synchronized Mark mark() {
        return new Mark(entries.size(), count, end, streams.size());
    }

    synchronized void back(Mark mark) {
        entries.cut(mark.size);
        count = mark.count;
        end = mark.end;
        while (streams.size() > mark.streams) {
            ids.remove(streams.remove(streams.size() - 1));
        }
    }

    /** Adds a batch behind all others; of rows that are missing in front of it nothing is known. */
    synchronized void add(BatchRecord batch) {
        if (batch.ordinal() > end) {
            count++;
            entries.putVarint(HOLE);
            entries.putVarint(batch.ordinal() - end);
        }
        String stream = batch.stream();
        Integer id = ids.get(stream);
        if (id == null) {
            streams.add(stream);
            id = streams.size();
            ids.put(stream, id);
        }
        count++;
        entries.putVarint(id);
        entries.putVarint(batch.rows());
        Counts.put(entries, batch.dropped());
        end = batch.end();
    }

    /** What lies between the batches. */
    synchronized List<BatchRecord.Run> holes() {
        List<BatchRecord.Run> found = new ArrayList<>();
        long ordinal = start;
        for (Item item : items()) {
            if (item.ordinal > ordinal) {
                found.add(new BatchRecord.Run(ordinal, item.ordinal));
            }
            ordinal = item.ordinal + item.rows;
        }
        return found;
    }

    /** All batches that are known. */
    synchronized List<Item> items() {
        return between(start, Long.MAX_VALUE);
    }

    /** The batches that begin at or behind an ordinal and before another one. */
    synchronized List<Item> between(long from, long to) {
        List<Item> found = new ArrayList<>();
        ByteInput in = new ByteInput(entries.content());
        long ordinal = start;
        for (int left = count; left > 0 && ordinal < to; left--) {
            int id = (int) in.getVarint();
            long rows = in.getVarint();
            if (id != HOLE) {
                Map<String, Long> reports = Counts.get(in);
                if (ordinal >= from) {
                    found.add(new Item(streams.get(id - 1), ordinal, rows, reports));
                }
            }
            ordinal += rows;
        }
        return found;
    }

    /** The rows and reports of each stream. */
    Map<String, Segment.Tally> totals() {
        Map<String, Segment.Tally> totals = new LinkedHashMap<>();
        for (Item item : items()) {
            totals.computeIfAbsent(item.stream, missing -> new Segment.Tally()).add(item.rows, item.reports);
        }
        return totals;
    }

    synchronized void put(ByteOutput out) {
        out.putVarint(streams.size());
        streams.forEach(out::putText);
        out.putVarint(count);
        out.putBytes(entries.bytes());
    }

    static BatchIndex get(ByteInput in, long start) {
        BatchIndex index = new BatchIndex(start);
        for (int left = in.getCount(); left > 0; left--) {
            index.streams.add(in.getText());
            index.ids.put(index.streams.get(index.streams.size() - 1), index.streams.size());
        }
        index.count = in.getCount();
        for (byte each : in.getBytes()) {
            index.entries.putByte(each);
        }
        return index;
    }
}
