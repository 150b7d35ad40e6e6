package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has arrived upstream, as a consumer sees it who drops duplicates by (stream, log, seq). */
final class Arrivals {
    private final List<Message> first = new ArrayList<>();
    private final Map<String, Map<Long, Message>> series = new HashMap<>();
    private int duplicates;

    Arrivals(List<Message> messages) {
        for (Message message : messages) {
            if (!message.payload().has("stream")) {
                // The gateway's state, not rows.
                continue;
            }
            Map<Long, Message> batches = series.computeIfAbsent(message.series(), key -> new HashMap<>());
            Message before = batches.putIfAbsent(message.seq(), message);
            if (before == null) {
                first.add(message);
            } else {
                duplicates++;
                // The same number must mean the same rows, or whoever drops duplicates loses some.
                assertThat(message.payload().get("rows"))
                        .isEqualTo(before.payload().get("rows"));
            }
        }
    }

    int messages() {
        return first.size();
    }

    int duplicates() {
        return duplicates;
    }

    /** Rows without duplicates. */
    long rows() {
        return first.stream().mapToLong(message -> message.rows().size()).sum();
    }

    /** The logs that were named. */
    Set<String> logs() {
        Set<String> logs = new HashSet<>();
        first.forEach(message -> logs.add(message.payload().get("log").asText()));
        return logs;
    }

    List<JsonNode> rows(String stream) {
        return first.stream()
                .filter(message -> message.stream().equals(stream))
                .flatMap(message -> message.rows().stream())
                .toList();
    }

    /** When the rows of each stream were measured, in the unit of the uplink. */
    Map<String, List<Long>> times() {
        Map<String, List<Long>> times = new HashMap<>();
        for (Message message : first) {
            List<Long> ofStream = times.computeIfAbsent(message.stream(), key -> new ArrayList<>());
            message.rows().forEach(row -> ofStream.add(row.get("time").asLong()));
        }
        return times;
    }

    /** The live batches of each stream ascend, and so do those of the backlog; together they count up from 1 without a gap. */
    void assertCompleteAndInOrderInEachLane() {
        Map<String, Long> last = new HashMap<>();
        for (Message message : first) {
            String lane = message.series() + (message.isHistorical() ? ", backlog" : ", live");
            Long before = last.put(lane, message.seq());
            assertThat(message.seq()).as(lane).isGreaterThan(before == null ? 0 : before);
        }
        series.forEach((name, batches) -> {
            for (long seq = 1; seq <= batches.size(); seq++) {
                assertThat(batches).as(name).containsKey(seq);
            }
        });
    }

    /** As in {@link #assertCompleteAndInOrderInEachLane}, and no row is in two batches. */
    void assertCompleteAndInOrder() {
        assertThat(first).isNotEmpty();
        assertCompleteAndInOrderInEachLane();
        // Whole rows: two events may have happened in the same millisecond.
        Map<String, Set<JsonNode>> rows = new HashMap<>();
        for (Message message : first) {
            for (JsonNode row : message.rows()) {
                assertThat(rows.computeIfAbsent(message.stream(), key -> new HashSet<>())
                                .add(row))
                        .as("the row of %s at %s is there once", message.stream(), row.get("time"))
                        .isTrue();
            }
        }
    }
}
