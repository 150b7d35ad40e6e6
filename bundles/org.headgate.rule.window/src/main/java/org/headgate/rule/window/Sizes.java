package org.headgate.rule.window;

import java.util.List;
import java.util.Map;

/** What values take in memory, estimated. */
final class Sizes {
    private static final int HEADER = 24;

    private Sizes() {}

    static long of(Object value) {
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
