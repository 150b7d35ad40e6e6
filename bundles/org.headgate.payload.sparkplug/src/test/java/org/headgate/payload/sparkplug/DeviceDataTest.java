package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.sparkplug.Payload;
import org.headgate.sparkplug.PayloadReader;
import org.headgate.uplink.api.Message;
import org.junit.jupiter.api.Test;

/** What becomes of rows. What holds for every message is in {@link Host}, which hears all of them. */
class DeviceDataTest {
    private static final long MILLIS = 1_732_172_400_000L;

    private final Plant plant = new Plant();
    private final Host host = plant.host;

    @Test
    @Tck({
        "payloads-name-requirement",
        "payloads-alias-uniqueness",
        "payloads-alias-birth-requirement",
        "payloads-alias-data-cmd-requirement",
        "payloads-metric-datatype-req",
        "payloads-metric-datatype-not-req"
    })
    void dataSpeaksByAliasesThatBirthsHaveGivenForTheWholeNode() {
        plant.connect();
        for (int device = 0; device < 50; device++) {
            plant.send("rule-" + device, plant.row(device, true));
        }
        plant.send("rule-7", plant.row(77, false));
        assertThat(host.last.getMetrics(0).hasName()).isFalse();
        assertThat(host.last.getMetrics(0).hasDatatype()).isFalse();
        assertThat(host.values).contains(entry("rule-7/temperature", 77.0), entry("rule-8/temperature", 8.0));
    }

    @Test
    @Tck({
        "payloads-metric-datatype-value-type",
        "payloads-metric-datatype-value",
        "operational-behavior-data-publish-dbirth-values",
        "payloads-metric-timestamp-in-UTC",
        "payloads-timestamp-in-UTC",
        "payloads-name-birth-data-requirement"
    })
    void eachTypeHasItsDataTypeAndWhatSparkplugHasNoTypeForIsJson() {
        Schema schema = Schema.of(
                Column.of("flag", Type.BOOLEAN),
                Column.of("count", Type.LONG),
                Column.of("level", Type.DOUBLE),
                Column.of("text", Type.STRING),
                Column.of("raw", Type.BYTES),
                Column.of("list", Type.ARRAY),
                Column.of("map", Type.STRUCT),
                Column.of("any", Type.ANY));
        Row row = Row.builder(schema)
                .set(0, true)
                .set(1, Long.MIN_VALUE)
                .set(2, -0.5)
                .set(3, (Object) "é")
                .set(4, (Object) new byte[] {'o', 'k'})
                .set(5, (Object) List.of(1L, 2L))
                .set(6, (Object) Map.of("a", 1L))
                .set(7, (Object) "x")
                .build(plant.system.epochNanos(), ClockState.SYNCED);
        plant.connect();
        plant.send("r", row);
        assertThat(host.values)
                .contains(
                        entry("r/flag", true),
                        entry("r/count", Long.MIN_VALUE),
                        entry("r/level", -0.5),
                        entry("r/text", "é"),
                        entry("r/raw", "ok"),
                        entry("r/list", "[1,2]"),
                        entry("r/map", "{\"a\":1}"),
                        entry("r/any", "\"x\""));
        List<Integer> types = new ArrayList<>();
        plant.current.clear();
        plant.current.put("r", row);
        plant.hears("spBv1.0/plant/NCMD/gw-1", RebirthTest.rebirth());
        host.last.getMetricsList().forEach(metric -> types.add(metric.getDatatype()));
        assertThat(types).containsExactly(11, 4, 10, 12, 17, 12, 12, 12);
        assertThat(host.last.getMetrics(0).getTimestamp()).isEqualTo(MILLIS);
    }

    @Test
    @Tck({
        "payloads-propertyset-keys-array-size",
        "payloads-propertyset-values-array-size",
        "payloads-metric-propertyvalue-type-type",
        "payloads-metric-propertyvalue-type-value",
        "payloads-metric-propertyvalue-type-req",
        "payloads-propertyset-quality-value-type",
        "payloads-propertyset-quality-value-value"
    })
    void unitsAreInBirthsAndQualitiesWhereAValueIsNotGood() {
        plant.connect();
        Row bad = Row.builder(Plant.BOILER)
                .bad(0)
                .set(1, true)
                .uncertain(1)
                .build(plant.system.epochNanos(), ClockState.UNSET);
        plant.current.put("boiler", bad);
        plant.send(plant.batch("boiler", true, bad));
        assertThat(host.values).containsEntry("boiler/temperature", null).containsEntry("boiler/pump", true);
        assertThat(host.property("boiler/temperature", "Quality")).isEqualTo(0);
        assertThat(host.property("boiler/temperature", "Clock")).isEqualTo("unset");
        assertThat(host.property("boiler/pump", "Quality")).isEqualTo(500);
        plant.send("boiler", plant.row(1, false));
        assertThat(host.property("boiler/temperature", "Quality")).isNull();
        plant.hears("spBv1.0/plant/NCMD/gw-1", RebirthTest.rebirth());
        assertThat(host.property("boiler/temperature", "engUnit")).isEqualTo("Cel");
        assertThat(host.property("boiler/temperature", "Quality")).isEqualTo(192);
        assertThat(host.property("boiler/pump", "engUnit")).isNull();
    }

    @Test
    @Tck("operational-behavior-data-publish-dbirth-order")
    void theRowsOfABatchAreOneMessageInTheirOrder() {
        plant.connect();
        Row[] rows = new Row[100];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = plant.row(i, i % 2 == 0);
            plant.system.advance(Duration.ofMillis(10));
        }
        assertThat(plant.send("boiler", rows)).hasSize(2);
        assertThat(host.data).hasSize(200);
        assertThat(host.data.get(2)).isEqualTo("boiler/temperature@" + (MILLIS + 10) + "=1.0");
        assertThat(host.data.get(199)).isEqualTo("boiler/pump@" + (MILLIS + 990) + "=false");
        assertThat(host.last.getMetricsList()).noneMatch(metric -> metric.getIsHistorical());
    }

    @Test
    void abacklogIsHistoricalAndTheBirthBeforeItHasTheCurrentValues() {
        Row old = plant.row(10, true);
        plant.system.advance(Duration.ofHours(72));
        plant.current.put("boiler", plant.row(99, false));
        plant.connect();
        List<Message> messages = plant.send(plant.batch("boiler", true, old));
        Payload birth = PayloadReader.read(messages.get(0).payload());
        assertThat(birth.metrics().get(0).value()).hasValue(99.0);
        assertThat(host.last.getMetricsList()).allMatch(metric -> metric.getIsHistorical());
        assertThat(host.data)
                .containsExactly("boiler/temperature@" + MILLIS + "=10.0", "boiler/pump@" + MILLIS + "=true");
        plant.hears("spBv1.0/plant/NCMD/gw-1", RebirthTest.rebirth());
        assertThat(host.values).containsEntry("boiler/temperature", 99.0);
    }

    @Test
    void aBirthInABacklogTellsNoCurrentValueInAFormerUnit() {
        Row old = plant.row(10, true);
        plant.current.put("boiler", plant.kelvin());
        plant.connect();
        plant.send(plant.batch("boiler", true, old));
        plant.hears("spBv1.0/plant/NCMD/gw-1", RebirthTest.rebirth());
        assertThat(host.values).containsEntry("boiler/temperature", 300.0);
        assertThat(host.property("boiler/temperature", "engUnit")).isEqualTo("K");
        Payload birth = PayloadReader.read(
                plant.send(plant.batch("boiler", true, old)).get(0).payload());
        assertThat(birth.metrics().get(0).properties().get("engUnit").value()).hasValue("Cel");
        assertThat(birth.metrics().get(0).isNull()).isTrue();
    }

    @Test
    void aBirthSaysThatTheTimesOfItsValuesAreDoubtful() {
        plant.connect();
        Row row = Row.builder(Plant.BOILER).set(0, 1.0).build(plant.system.epochNanos(), ClockState.UNSET);
        plant.send("boiler", row);
        plant.hears("spBv1.0/plant/NCMD/gw-1", RebirthTest.rebirth());
        assertThat(host.property("boiler/temperature", "Clock")).isEqualTo("unset");
        assertThat(host.property("boiler/pump", "Clock")).isEqualTo("unset");
        plant.send("boiler", plant.row(1, true));
        plant.hears("spBv1.0/plant/NCMD/gw-1", RebirthTest.rebirth());
        assertThat(host.property("boiler/temperature", "Clock")).isNull();
    }

    @Test
    @Tck({"operational-behavior-data-publish-dbirth", "topic-structure-namespace-unique-device-id"})
    void aDeviceIsBornAgainWhenItsMetricsChangeAndKeepsThoseThatItHad() {
        plant.connect();
        plant.send("boiler", plant.row(1, true));
        Schema wider = Schema.of(
                new Column("temperature", Type.DOUBLE, "K"),
                Column.of("pump", Type.LONG),
                Column.of("flow", Type.LONG));
        Row row = Row.builder(wider)
                .set(0, 300.0)
                .set(1, 7)
                .set(2, 5)
                .build(plant.system.epochNanos(), ClockState.SYNCED);
        plant.send("boiler", plant.row(2, true), row, row);
        assertThat(host.heard)
                .containsExactly(
                        "NBIRTH", "DBIRTH boiler", "DDATA boiler", "DDATA boiler", "DBIRTH boiler", "DDATA boiler");
        assertThat(host.values).contains(entry("boiler/pump", 7L), entry("boiler/flow", 5L));
        assertThat(host.data).hasSize(2 + 2 + 6);
        Schema narrow = Schema.of(Column.of("flow", Type.LONG));
        plant.send("boiler", Row.builder(narrow).set(0, 6).build(plant.system.epochNanos(), ClockState.SYNCED));
        assertThat(host.heard).hasSize(7);
        assertThat(host.values).containsEntry("boiler/flow", 6L);
    }

    @Test
    void whatWasDroppedOfAStreamIsCountedInMetricsOfIt() {
        plant.connect();
        plant.send("boiler", plant.row(1, true));
        plant.send(plant.reporting(Map.of("outbox-full", 7L)));
        assertThat(host.values).containsEntry("boiler/Dropped/outbox-full", 7L);
        plant.send(plant.reporting(Map.of("outbox-full", 3L)));
        assertThat(host.values).containsEntry("boiler/Dropped/outbox-full", 10L);
        assertThat(host.heard)
                .containsExactly(
                        "NBIRTH", "DBIRTH boiler", "DDATA boiler", "DBIRTH boiler", "DDATA boiler", "DDATA boiler");
    }

    @Test
    void anotherUnitOrTypeOfAMetricIsAnotherBirth() {
        plant.connect();
        plant.send("boiler", plant.row(1, true));
        plant.send("boiler", plant.kelvin());
        Schema whole = Schema.of(new Column("temperature", Type.LONG, "K"));
        plant.send("boiler", Row.builder(whole).set(0, 300).build(plant.system.epochNanos(), ClockState.SYNCED));
        assertThat(host.heard)
                .containsExactly(
                        "NBIRTH",
                        "DBIRTH boiler",
                        "DDATA boiler",
                        "DBIRTH boiler",
                        "DDATA boiler",
                        "DBIRTH boiler",
                        "DDATA boiler");
        assertThat(host.values).containsEntry("boiler/temperature", 300L);
    }

    @Test
    void rowsWithoutAnyValueStillMakeAMessageThatCanBeAcknowledged() {
        plant.connect();
        plant.send("boiler", plant.row(1, true));
        Row empty = Row.builder(Plant.BOILER).build(plant.system.epochNanos(), ClockState.SYNCED);
        assertThat(plant.send("boiler", empty)).hasSize(1);
        assertThat(host.values).containsEntry("boiler/temperature", 1.0);
    }
}
