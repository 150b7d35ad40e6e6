package org.headgate.outbox.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.data.api.Schema;
import org.headgate.system.api.StorageFile;

/**
 * The last record of a full segment: all that the opening wants to know of it. Its last four bytes are the length of the whole record,
 * so that it is found from the end of the file.
 *
 * @param head the segment's head once more
 * @param end the ordinal behind the last row
 * @param oldestNanos the time of the first row
 * @param lived the seconds that the log had lived through at its end
 * @param schemas its schemas by their numbers
 * @param totals the rows of each stream and what their batches report
 * @param index its batches
 */
record Summary(
        Head head,
        long end,
        long oldestNanos,
        long lived,
        Map<Integer, Schema> schemas,
        Map<String, Segment.Tally> totals,
        BatchIndex index) {
    private static final int TAIL = 4096;

    /** Appends the summary of a segment, with the ledger as it is behind its last batch. */
    static void put(ByteOutput out, Segment segment, Summary summary, Ledger ledger) {
        int begin = Frame.begin(out, Frame.SUMMARY);
        summary.head.put(out);
        out.putVarint(summary.end);
        out.putZigzag(summary.oldestNanos);
        out.putVarint(summary.lived);
        ledger.put(out);
        out.putVarint(summary.schemas.size());
        summary.schemas.forEach((id, schema) -> {
            out.putVarint(id);
            RowCodec.putSchema(out, schema);
        });
        out.putVarint(summary.totals.size());
        summary.totals.forEach((stream, total) -> {
            out.putText(stream);
            out.putVarint(total.rows);
            Counts.put(out, total.reports);
        });
        summary.index.put(out);
        out.putInt(out.size() - begin + Integer.BYTES);
        Frame.finish(out, begin, segment.number, segment.committed);
    }

    /**
     * Finds the summary at the end of a segment and fills the ledger with what it says; null when there is no good one.
     *
     * @param damage what to do about blocks that cannot be read
     */
    static Summary find(StorageFile file, long number, Ledger ledger, Damage damage) throws IOException {
        long size = file.size();
        if (size < Frame.HEAD + Integer.BYTES || size > Integer.MAX_VALUE) {
            return null;
        }
        ByteBuffer tail = tail(file, number, size, (int) Math.min(size, TAIL), damage);
        int length = tail.getInt(tail.capacity() - Integer.BYTES);
        if (length < Frame.HEAD + Integer.BYTES || length > size || length > Frame.MOST) {
            return null;
        }
        if (length > tail.capacity()) {
            tail = tail(file, number, size, length, damage);
        }
        int start = tail.capacity() - length;
        if (tail.getInt(start) != Frame.MARKER
                || tail.getInt(start + 4) != length - Frame.HEAD
                || tail.get(start + 8) != Frame.SUMMARY
                || tail.getInt(start + 9) != Frame.checksum(number, size - length, tail, start, length - Frame.HEAD)) {
            return null;
        }
        return get(new ByteInput(tail.position(start + Frame.HEAD)), ledger);
    }

    static Summary get(ByteInput in, Ledger ledger) {
        Head head = Head.get(in);
        if (head == null) {
            return null;
        }
        long end = in.getVarint();
        long oldestNanos = in.getZigzag();
        long lived = in.getVarint();
        ledger.get(in);
        Map<Integer, Schema> schemas = new HashMap<>();
        for (int left = in.getCount(); left > 0; left--) {
            schemas.put((int) in.getVarint(), RowCodec.getSchema(in));
        }
        Map<String, Segment.Tally> totals = new LinkedHashMap<>();
        for (int left = in.getCount(); left > 0; left--) {
            Segment.Tally total = new Segment.Tally();
            totals.put(in.getText(), total);
            total.add(in.getVarint(), Counts.get(in));
        }
        return new Summary(head, end, oldestNanos, lived, schemas, totals, BatchIndex.get(in, head.start()));
    }

    private static ByteBuffer tail(StorageFile file, long number, long size, int length, Damage damage)
            throws IOException {
        ByteBuffer tail = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        damage.read(file, number, tail, size - length);
        return tail;
    }
}
