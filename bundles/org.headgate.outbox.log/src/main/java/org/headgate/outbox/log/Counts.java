package org.headgate.outbox.log;

import java.util.Map;
import java.util.TreeMap;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;

/** Rows by reason, as a file keeps them. */
final class Counts {
    private Counts() {}

    static void put(ByteOutput out, Map<String, Long> counts) {
        out.putVarint(counts.size());
        counts.forEach((name, count) -> {
            out.putText(name);
            out.putVarint(count);
        });
    }

    static Map<String, Long> get(ByteInput in) {
        Map<String, Long> counts = new TreeMap<>();
        for (int left = in.getCount(); left > 0; left--) {
            counts.put(in.getText(), in.getVarint());
        }
        return counts;
    }

    /** Adds counts to others, or takes them away with a factor of -1; what is 0 is left out. */
    static void add(Map<String, Long> to, Map<String, Long> counts, int factor) {
        counts.forEach((name, count) -> to.merge(name, factor * count, (a, b) -> a + b == 0 ? null : a + b));
    }
}
