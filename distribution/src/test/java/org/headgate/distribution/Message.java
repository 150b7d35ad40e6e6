package org.headgate.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One message as the subscriber got it.
 *
 * @param topic where it was published
 * @param payload what was published
 */
record Message(String topic, JsonNode payload) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** From a line {@code topic payload}. */
    static Message of(String line) {
        int blank = line.indexOf(' ');
        return new Message(line.substring(0, blank), json(line.substring(blank + 1)));
    }

    /** A text as JSON. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException wrong) {
            throw new UncheckedIOException("not JSON: " + text, wrong);
        }
    }

    String stream() {
        return payload.get("stream").asText();
    }

    /** The stream and the log in which batches are counted. */
    String series() {
        return stream() + " " + payload.get("log").asText();
    }

    /** Whether it comes from a backlog. */
    boolean isHistorical() {
        return payload.path("historical").asBoolean();
    }

    long seq() {
        return payload.get("seq").asLong();
    }

    List<JsonNode> rows() {
        List<JsonNode> rows = new ArrayList<>();
        payload.get("rows").forEach(rows::add);
        return rows;
    }
}
