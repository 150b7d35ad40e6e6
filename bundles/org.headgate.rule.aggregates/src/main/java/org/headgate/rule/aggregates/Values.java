package org.headgate.rule.aggregates;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.Frame;

/** Boxed values: what is equal, what is greater, and how they are saved. */
final class Values {
    /** So many values, rows or keys one accumulator keeps; more would let one rule take the gateway's memory. */
    static final int MAX = 100_000;

    /** A reference and a header, about. */
    private static final int VALUE = 32;

    private Values() {}

    /** Equal as the language's {@code =} has it: 1 equals 1.0; null equals null. */
    static boolean same(Object a, Object b) {
        return Objects.equals(key(a), key(b));
    }

    static int compare(Number a, Number b) {
        return isWhole(a) && isWhole(b)
                ? Long.compare(a.longValue(), b.longValue())
                : Double.compare(a.doubleValue() + 0.0, b.doubleValue() + 0.0);
    }

    static boolean isWhole(Number number) {
        return !(number instanceof Double || number instanceof Float);
    }

    /** What is the same has equal keys; a key can be saved as a value can, and is its own key. */
    static Object key(Object value) {
        if (value instanceof Number number) {
            double x = number.doubleValue();
            boolean isLong = isWhole(number) || x == (long) x && Math.abs(x) < 0x1p63;
            return isLong ? (Object) number.longValue() : (Object) x;
        }
        if (value instanceof byte[] bytes) {
            // Arrays have no equality of their own; no text begins so.
            return "\0bytes\0" + new String(bytes, StandardCharsets.ISO_8859_1);
        }
        if (value instanceof List<?> list) {
            List<Object> keys = new ArrayList<>(list.size());
            list.forEach(item -> keys.add(key(item)));
            return keys;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> keys = new LinkedHashMap<>();
            map.forEach((name, item) -> keys.put(name, key(item)));
            return keys;
        }
        return value;
    }

    /** The columns that the frame looks at; of a join those of all streams, of two with one name the first stream's. */
    static Map<String, Object> struct(Frame frame) {
        Map<String, Object> struct = new LinkedHashMap<>();
        if (frame.joined().length == 0) {
            put(struct, frame.row());
        }
        for (Row row : frame.joined()) {
            put(struct, row);
        }
        return struct;
    }

    /** The time of the row that the frame looks at; of a join that of the first stream's row. */
    static long timeNanos(Frame frame) {
        for (Row row : frame.joined()) {
            if (row != null) {
                return row.timeNanos();
            }
        }
        return frame.row().timeNanos();
    }

    private static void put(Map<String, Object> struct, Row row) {
        for (int i = 0; row != null && i < row.schema().size(); i++) {
            if (!row.isNull(i)) {
                struct.putIfAbsent(row.schema().column(i).name(), row.object(i));
            }
        }
    }

    /** Saves a value; one that is nested deeper than any row may be is saved as null, so that the rest is not lost. */
    static void save(ByteOutput out, Object value) {
        int size = out.size();
        try {
            RowCodec.putValue(out, value);
        } catch (IllegalArgumentException tooDeep) {
            out.cut(size);
            RowCodec.putValue(out, null);
        }
    }

    static Object load(ByteInput in) {
        return RowCodec.getValue(in);
    }

    /** A count of things that were kept, of which there are never more than {@link #MAX}. */
    static int count(ByteInput in) {
        int count = in.getCount();
        if (count > MAX) {
            throw new IllegalArgumentException(count + " values, expected " + MAX + " at most");
        }
        return count;
    }

    /** A flag, which is 0 or 1. */
    static boolean flag(ByteInput in) {
        int flag = in.getByte();
        if (flag > 1) {
            throw new IllegalArgumentException("expected 0 or 1, found " + flag);
        }
        return flag == 1;
    }

    static void flag(ByteOutput out, boolean flag) {
        out.putByte(flag ? 1 : 0);
    }

    /** A count of rows: never negative. */
    static long rows(ByteInput in) {
        long rows = in.getVarint();
        if (rows < 0) {
            throw new IllegalArgumentException("a count of " + rows);
        }
        return rows;
    }

    /** What a value takes in an array or a map, estimated. */
    static long bytes(Object value) {
        long size = VALUE;
        if (value instanceof String text) {
            size += VALUE + text.length();
        } else if (value instanceof byte[] bytes) {
            size += bytes.length;
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                size += bytes(element);
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Object member : map.values()) {
                size += VALUE + bytes(member);
            }
        }
        return size;
    }
}
