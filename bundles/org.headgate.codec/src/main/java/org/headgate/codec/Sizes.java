package org.headgate.codec;

import java.util.List;
import java.util.Map;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;

/** What rows and values take in memory, in bytes, estimated: for limits, and quick enough to be asked for each row. */
public final class Sizes {
    /** Of a row: headers and references. */
    private static final int ROW = 56;

    private static final int HEADER = 24;

    private Sizes() {}

    /** What a row takes. */
    public static long of(Row row) {
        Schema schema = row.schema();
        long bytes = ROW + 9L * schema.size();
        for (int i = 0; i < schema.size(); i++) {
            switch (schema.type(i)) {
                case BOOLEAN, LONG, DOUBLE -> {}
                default -> bytes += row.isNull(i) ? 0 : of(row.object(i));
            }
        }
        return bytes;
    }

    /** What a value takes that is no number. */
    public static long of(Object value) {
        if (value instanceof String text) {
            return HEADER + 24 + text.length();
        }
        if (value instanceof byte[] bytes) {
            return HEADER + bytes.length;
        }
        long size = HEADER;
        if (value instanceof List<?> list) {
            for (Object element : list) {
                size += 8 + of(element);
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> member : map.entrySet()) {
                size += 48 + of(member.getValue());
            }
        }
        return size;
    }
}
