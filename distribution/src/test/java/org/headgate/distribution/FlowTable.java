package org.headgate.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The conservation table as {@code gateway:flow --json} gives it, checked here once more, independently. */
final class FlowTable {
    private final List<JsonNode> edges = new ArrayList<>();

    FlowTable(JsonNode table) {
        table.forEach(edges::add);
    }

    int size() {
        return edges.size();
    }

    /** Edges on which {@code in + recovered = passed + filtered + aggregated + queued + dropped} does not hold. */
    List<String> imbalances() {
        return edges.stream()
                .filter(edge -> number(edge, "in") + number(edge, "recovered")
                        != number(edge, "passed")
                                + number(edge, "filtered")
                                + number(edge, "aggregated")
                                + number(edge, "queued")
                                + dropped(edge))
                .map(JsonNode::toString)
                .toList();
    }

    /** At rest: where the rows that a producer put out are not those that came in behind it. */
    List<String> mismatches() {
        List<String> wrong = new ArrayList<>();
        Map<String, Long> led = new TreeMap<>();
        for (JsonNode edge : edges) {
            String from = text(edge, "from");
            String to = text(edge, "to");
            if (from.startsWith("driver:")) {
                expectBehind(to, number(edge, "emitted"), wrong);
            } else if (to.startsWith("rule:")) {
                expectBehind(to.substring("rule:".length()), number(edge, "emitted"), wrong);
                compare(from + " -> rules, passed", number(edge(from, "rules"), "passed"), edge, wrong);
            } else if (to.startsWith("outbox:")) {
                led.merge(to, number(edge, "passed"), Long::sum);
            }
        }
        led.forEach((outbox, rows) -> {
            JsonNode edge = edge(outbox, outbox.substring("outbox:".length()));
            compare("all streams -> " + outbox + ", passed", rows, edge, wrong);
        });
        return wrong;
    }

    /** Rows that are still on their way, on all edges. */
    long queued() {
        return edges.stream().mapToLong(edge -> number(edge, "queued")).sum();
    }

    /** Rows that were dropped, on all edges. */
    long dropped() {
        return edges.stream().mapToLong(FlowTable::dropped).sum();
    }

    /** One count of one edge. */
    long count(String from, String to, String name) {
        return number(edge(from, to), name);
    }

    boolean sameAs(FlowTable other) {
        return edges.equals(other.edges);
    }

    private void expectBehind(String stream, long emitted, List<String> wrong) {
        List<JsonNode> behind =
                edges.stream().filter(edge -> text(edge, "from").equals(stream)).toList();
        if (behind.isEmpty() && emitted > 0) {
            wrong.add(stream + " emitted " + emitted + " rows to nobody");
        }
        for (JsonNode edge : behind) {
            // Behind the set of all rules stands one edge a rule, which is checked against the set.
            compare(stream + ", emitted", emitted, edge, wrong);
        }
    }

    private static void compare(String producer, long rows, JsonNode edge, List<String> wrong) {
        if (rows != number(edge, "in")) {
            wrong.add(producer + " " + rows + ", but in " + edge);
        }
    }

    private JsonNode edge(String from, String to) {
        return edges.stream()
                .filter(edge ->
                        text(edge, "from").equals(from) && text(edge, "to").equals(to))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no edge " + from + " -> " + to + " in " + edges));
    }

    private static long dropped(JsonNode edge) {
        long sum = 0;
        for (JsonNode reason : edge.get("dropped")) {
            sum += reason.asLong();
        }
        return sum;
    }

    private static String text(JsonNode edge, String name) {
        return edge.get(name).asText();
    }

    private static long number(JsonNode edge, String name) {
        return edge.get(name).longValue();
    }

    @Override
    public String toString() {
        return edges.toString();
    }
}
