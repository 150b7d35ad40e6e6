package org.headgate.outbox.log;

import java.util.ArrayList;
import java.util.List;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;

/** Gathers the rows of one stream for one batch, encoded; used again for the next one. */
final class BatchBuilder {
    private static final int MAX_ROW = 8 << 20;
    /** What a row has in JSON beside its columns: braces and its time. */
    private static final int ROW_TEXT = 24;
    /** What a column has in JSON beside its name and value: quotation marks, colon, comma. */
    private static final int COLUMN_TEXT = 4;

    final String stream;
    final List<Schema> schemas = new ArrayList<>();
    int rows;
    long firstNanos;
    private final ByteOutput body = new ByteOutput(1024);
    private long lastNanos;
    private long names;

    BatchBuilder(String stream) {
        this.stream = stream;
    }

    int size() {
        return body.size();
    }

    /**
     * About how many bytes a message with these rows will have: a textual format repeats the names of the columns in each
     * row and takes two characters for a byte of a number.
     */
    long messageBytes() {
        return names + 2L * body.size();
    }

    /** Adds a row; false when it is too large, too deep or too strange for a record. */
    boolean add(Row row) {
        int before = body.size();
        int schema = schemas.indexOf(row.schema());
        boolean unknown = schema < 0;
        if (unknown) {
            schema = schemas.size();
            schemas.add(row.schema());
        }
        boolean fits;
        try {
            RowCodec.putRow(body, row, schema, lastNanos);
            fits = body.size() - before <= MAX_ROW;
        } catch (RuntimeException tooDeepOrStrange) {
            fits = false;
        }
        if (!fits) {
            body.cut(before);
            if (unknown) {
                schemas.remove(schema);
            }
            return false;
        }
        names += ROW_TEXT;
        for (Column column : row.schema().columns()) {
            names += column.name().length() + COLUMN_TEXT;
        }
        if (rows++ == 0) {
            firstNanos = row.timeNanos();
        }
        lastNanos = row.timeNanos();
        return true;
    }

    void putBody(ByteOutput out) {
        out.putRaw(body);
    }

    void clear() {
        body.cut(0);
        schemas.clear();
        rows = 0;
        lastNanos = 0;
        names = 0;
    }
}
