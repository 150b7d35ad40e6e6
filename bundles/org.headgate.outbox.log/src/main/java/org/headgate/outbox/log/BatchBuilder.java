package org.headgate.outbox.log;

import java.util.ArrayList;
import java.util.List;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;

/** Gathers the rows of one stream for one batch, encoded; used again for the next one. */
final class BatchBuilder {
    private static final int MAX_ROW = 8 << 20;

    final String stream;
    final List<Schema> schemas = new ArrayList<>();
    int rows;
    long firstNanos;
    private final Output body = new Output(1024);
    private long lastNanos;

    BatchBuilder(String stream) {
        this.stream = stream;
    }

    int size() {
        return body.size();
    }

    /** Adds a row; false when it is too large or too deep for a record. */
    boolean add(Row row) {
        int before = body.size();
        int schema = schemas.indexOf(row.schema());
        if (schema < 0) {
            schema = schemas.size();
            schemas.add(row.schema());
        }
        try {
            RowCodec.putRow(body, row, schema, lastNanos);
        } catch (IllegalArgumentException tooDeep) {
            body.cut(before);
            return false;
        }
        if (body.size() - before > MAX_ROW) {
            body.cut(before);
            return false;
        }
        if (rows++ == 0) {
            firstNanos = row.timeNanos();
        }
        lastNanos = row.timeNanos();
        return true;
    }

    void putBody(Output out) {
        out.putRaw(body);
    }

    void clear() {
        body.cut(0);
        schemas.clear();
        rows = 0;
        lastNanos = 0;
    }
}
