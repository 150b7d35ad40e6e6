package org.headgate.history;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.headgate.codec.ByteInput;
import org.headgate.codec.RowCodec;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.history.api.HistoryConsumer;

/** Reads the rows of a block's payload, which has been found sound by its checksum. */
final class BlockRows {
    private final Predicate<String> streams;
    private final long fromNanos;
    private final long toNanos;
    private final HistoryConsumer consumer;
    private long handedOut;
    private boolean enough;

    BlockRows(Predicate<String> streams, long fromNanos, long toNanos, HistoryConsumer consumer) {
        this.streams = streams;
        this.fromNanos = fromNanos;
        this.toNanos = toNanos;
        this.consumer = consumer;
    }

    /** Rows that were handed out. */
    long handedOut() {
        return handedOut;
    }

    /** Whether the consumer wants no more. */
    boolean isEnough() {
        return enough;
    }

    /** Hands out what is wanted of so many rows; false when the payload, sound as it is, makes no sense: a defect of its writer. */
    boolean read(ByteBuffer payload, int count) {
        ByteInput in = new ByteInput(payload);
        List<String> names = new ArrayList<>();
        List<Schema> schemas = new ArrayList<>();
        try {
            for (int left = in.getCount(); left > 0; left--) {
                names.add(in.getText());
            }
            for (int left = in.getCount(); left > 0; left--) {
                schemas.add(RowCodec.getSchema(in));
            }
        } catch (RuntimeException foreign) {
            return false;
        }
        boolean[] wanted = new boolean[names.size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = streams.test(names.get(i));
        }
        long previousNanos = 0;
        for (int i = 0; i < count && !enough; i++) {
            int stream;
            Row row;
            try {
                stream = (int) in.getVarint();
                row = RowCodec.getRow(in, schemas, previousNanos);
                previousNanos = row.timeNanos();
                if (!wanted[stream] || previousNanos < fromNanos || previousNanos >= toNanos) {
                    continue;
                }
            } catch (RuntimeException foreign) {
                return false;
            }
            handedOut++;
            enough = !consumer.row(names.get(stream), row);
        }
        return true;
    }
}
