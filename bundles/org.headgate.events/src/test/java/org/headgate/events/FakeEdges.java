package org.headgate.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.FlowSource;

/** Edges whose counters the test sets. */
final class FakeEdges implements FlowSource {
    private final Map<List<String>, Long> dropped =
            new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));

    void drop(String from, String to, String reason, long rows) {
        dropped.merge(List.of(from, to, reason), rows, Long::sum);
    }

    void reset() {
        dropped.clear();
    }

    @Override
    public List<FlowSnapshot> flows() {
        List<FlowSnapshot> flows = new ArrayList<>();
        dropped.forEach((key, rows) -> flows.add(
                new FlowSnapshot(key.get(0), key.get(1), rows, 0, 0, 0, 0, 0, Map.of(key.get(2), rows), 0, 0)));
        return flows;
    }
}
