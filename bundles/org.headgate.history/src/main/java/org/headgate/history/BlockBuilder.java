package org.headgate.history;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;

/** Rows that become a block. Encoded as they come, so that what waits costs its bytes and no more. One thread at a time. */
final class BlockBuilder {
    /** A row with more is not kept: it would be alone in its block. */
    static final int MOST_ROW_BYTES = 1 << 20;

    private final ByteOutput names = new ByteOutput(1 << 10);
    private final ByteOutput types = new ByteOutput(1 << 10);
    private final ByteOutput rows = new ByteOutput(8 << 10);
    private final Map<String, Integer> streams = new HashMap<>();
    private final Map<Schema, Integer> schemas = new HashMap<>();
    private int count;
    private long earliestNanos;
    private long latestNanos;
    private long previousNanos;

    /** How many rows there are. */
    int count() {
        return count;
    }

    /** About how many bytes the block will have. */
    int bytes() {
        return names.size() + types.size() + rows.size();
    }

    /**
     * Adds a row; without effect when it throws.
     *
     * @throws IllegalArgumentException when its values cannot be written
     */
    void add(String stream, Row row) {
        int before = rows.size();
        boolean added = false;
        try {
            rows.putVarint(streamNumber(stream));
            RowCodec.putRow(rows, row, schemaNumber(row.schema()), previousNanos);
            if (rows.size() - before > MOST_ROW_BYTES) {
                throw new IllegalArgumentException("a row of more than " + MOST_ROW_BYTES + " bytes");
            }
            added = true;
        } finally {
            if (!added) {
                rows.cut(before);
            }
        }
        previousNanos = row.timeNanos();
        earliestNanos = count == 0 ? previousNanos : Math.min(earliestNanos, previousNanos);
        latestNanos = count == 0 ? previousNanos : Math.max(latestNanos, previousNanos);
        count++;
    }

    /** Forgets all rows. */
    void clear() {
        names.cut(0);
        types.cut(0);
        rows.cut(0);
        streams.clear();
        schemas.clear();
        count = 0;
        previousNanos = 0;
    }

    /** The block, as it stands at an offset of a segment. */
    ByteBuffer build(long segment, long offset) {
        ByteOutput block = new ByteOutput(Block.HEAD + bytes() + 20);
        for (int i = 0; i < Block.HEAD; i++) {
            block.putByte(0);
        }
        block.putVarint(streams.size());
        block.putRaw(names);
        block.putVarint(schemas.size());
        block.putRaw(types);
        block.putRaw(rows);
        Block.putHead(block, segment, offset, count, earliestNanos, latestNanos);
        return block.content();
    }

    private int streamNumber(String stream) {
        Integer known = streams.get(stream);
        if (known == null) {
            known = streams.size();
            streams.put(stream, known);
            names.putText(stream);
        }
        return known;
    }

    private int schemaNumber(Schema schema) {
        Integer known = schemas.get(schema);
        if (known == null) {
            known = schemas.size();
            schemas.put(schema, known);
            RowCodec.putSchema(types, schema);
        }
        return known;
    }
}
