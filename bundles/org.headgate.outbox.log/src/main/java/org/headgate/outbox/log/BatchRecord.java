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
 * The head of a batch in a file: {@code stream, seq, ordinal, rows, age, dropped, schema ids}; then come the rows.
 *
 * @param ordinal the number of its first row in the log, from 0: what damage swallows shows as a gap
 * @param rows how many rows there are
 * @param age the seconds that its segment had lived through when it was written
 * @param schemas the numbers, in its segment, of the schemas that its rows use
 */
record BatchRecord(
        String stream, long seq, long ordinal, int rows, long age, Map<String, Long> dropped, List<Integer> schemas) {
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
        return new BatchRecord(stream, seq, ordinal, rows, age, dropped, schemas);
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
