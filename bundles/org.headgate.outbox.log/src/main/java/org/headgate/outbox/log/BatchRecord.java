package org.headgate.outbox.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;

/**
 * The head of a batch in a file: {@code stream, seq, ordinal, rows, age, dropped, schema ids, never written}; then come the rows.
 *
 * @param ordinal the number of its first row in the log, from 0: what damage swallows shows as a gap
 * @param rows how many rows there are
 * @param age the seconds that its segment had lived through when it was written
 * @param schemas the numbers, in its segment, of the schemas that its rows use
 * @param unwritten the rows in front of it, from the beginning of its commit, that were settled in memory and are on no disk; each batch of
 *     a commit says so itself, as of a torn one any may be left
 */
record BatchRecord(
        String stream,
        long seq,
        long ordinal,
        int rows,
        long age,
        Map<String, Long> dropped,
        List<Integer> schemas,
        List<Run> unwritten) {
    /** Some ordinals, from the first to the one behind the last. */
    record Run(long from, long to) {}

    static BatchRecord head(ByteInput in) {
        String stream = in.getText();
        long seq = in.getVarint();
        long ordinal = in.getVarint();
        int rows = in.getCount();
        long age = in.getVarint();
        Map<String, Long> dropped = Counts.get(in);
        List<Integer> schemas = new ArrayList<>();
        for (int left = in.getCount(); left > 0; left--) {
            schemas.add((int) in.getVarint());
        }
        List<Run> unwritten = new ArrayList<>();
        long end = ordinal;
        for (int left = in.getCount(); left > 0; left--) {
            long to = end - in.getVarint();
            end = to - in.getVarint();
            unwritten.add(0, new Run(end, to));
        }
        return new BatchRecord(stream, seq, ordinal, rows, age, dropped, schemas, unwritten);
    }

    /** The ordinal from which on it tells what there is. */
    long first() {
        return unwritten.isEmpty() ? ordinal : unwritten.get(0).from();
    }

    /** The ordinal behind the last row. */
    long end() {
        return ordinal + rows;
    }

    void putHead(ByteOutput out) {
        out.putText(stream);
        out.putVarint(seq);
        out.putVarint(ordinal);
        out.putVarint(rows);
        out.putVarint(age);
        Counts.put(out, dropped);
        out.putVarint(schemas.size());
        schemas.forEach(out::putVarint);
        out.putVarint(unwritten.size());
        long end = ordinal;
        for (int i = unwritten.size() - 1; i >= 0; i--) {
            Run run = unwritten.get(i);
            out.putVarint(end - run.to());
            out.putVarint(run.to() - run.from());
            end = run.from();
        }
    }

    /** The rows that follow the head. */
    List<Row> rows(ByteInput in, Map<Integer, Schema> known) {
        List<Schema> used = schemas.stream().map(known::get).toList();
        List<Row> all = new ArrayList<>(rows);
        long nanos = 0;
        for (int i = 0; i < rows; i++) {
            Row row = RowCodec.getRow(in, used, nanos);
            nanos = row.timeNanos();
            all.add(row);
        }
        return all;
    }
}
