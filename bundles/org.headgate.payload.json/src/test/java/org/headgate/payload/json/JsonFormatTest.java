package org.headgate.payload.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.uplink.api.TimeUnitName;
import org.junit.jupiter.api.Test;

class JsonFormatTest {
    private static final long TIME = 1_732_172_400_123_456_789L;
    private static final Schema SCHEMA =
            Schema.of(Column.of("avg", Type.DOUBLE), Column.of("max", Type.LONG), Column.of("name", Type.STRING));

    private static String encode(TimeUnitName unit, Map<String, Long> dropped, Row... rows) {
        OutboxBatch batch = new OutboxBatch(
                1, "boiler-avg", "01J", 1042, List.of(rows), dropped, false, false, false, OutboxBatch.Part.WHOLE);
        return new String(JsonFormat.encode("gw-1", batch, unit), StandardCharsets.UTF_8);
    }

    @Test
    void writesTheDefaultPayload() {
        Row row = Row.builder(SCHEMA).set(0, 71.2).set(1, 72).build(TIME, ClockState.SYNCED);
        assertThat(encode(TimeUnitName.MS, Map.of(), row))
                .isEqualTo("{\"gateway\":\"gw-1\",\"stream\":\"boiler-avg\",\"log\":\"01J\",\"seq\":1042,"
                        + "\"rows\":[{\"time\":1732172400123,\"avg\":71.2,\"max\":72}]}");
    }

    @Test
    void namesBadAndUncertainValuesAndLeavesAbsentOnesOut() {
        Row row = Row.builder(SCHEMA).bad(0).set(1, 72).uncertain(1).build(TIME, ClockState.SYNCED);
        assertThat(encode(TimeUnitName.US, Map.of(), row))
                .endsWith("\"rows\":[{\"time\":1732172400123456,\"avg\":null,\"max\":72,"
                        + "\"quality\":{\"avg\":\"BAD\",\"max\":\"UNCERTAIN\"}}]}");
    }

    @Test
    void reportsWhatWasDroppedAndMarksRowsFromBeforeTheClockWasSet() throws IOException {
        Row row = Row.builder(SCHEMA).set(2, (Object) "é\"\n").build(TIME, ClockState.UNSET);
        JsonNode json = new ObjectMapper().readTree(encode(TimeUnitName.NS, Map.of("outbox-full", 7L), row));
        assertThat(json.at("/dropped/outbox-full").asLong()).isEqualTo(7);
        assertThat(json.at("/rows/0/clock").asText()).isEqualTo("unset");
        assertThat(json.at("/rows/0/time").asLong()).isEqualTo(TIME);
        assertThat(json.at("/rows/0/name").asText()).isEqualTo("é\"\n");
    }

    @Test
    void aColumnNamedLikeAMemberOfOursDoesNotHideIt() throws IOException {
        Schema schema = Schema.of(Column.of("time", Type.LONG), Column.of("quality", Type.LONG));
        Row row = Row.builder(schema).set(0, 1).bad(1).build(TIME, ClockState.SYNCED);
        JsonNode json = new ObjectMapper().readTree(encode(TimeUnitName.MS, Map.of(), row));
        assertThat(json.at("/rows/0/time").asLong()).isEqualTo(1_732_172_400_123L);
        assertThat(json.at("/rows/0/time_").asLong()).isEqualTo(1);
        assertThat(json.at("/rows/0/quality/quality_").asText()).isEqualTo("BAD");
    }
}
