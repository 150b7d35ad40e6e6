package org.headgate.payload.senml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxBatch.Part;
import org.headgate.payload.senml.Reader.Resolved;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.Route;
import org.headgate.uplink.api.TimeUnitName;
import org.junit.jupiter.api.Test;

class SenmlFormatTest {
    private static final long TIME = 1_732_172_400_123_456_789L;
    private static final long SECOND = 1_000_000_000L;
    private static final Schema BOILER = Schema.of(
            new Column("temperature", Type.DOUBLE, "Cel"),
            new Column("pump", Type.BOOLEAN, ""),
            new Column("starts", Type.LONG, "1"),
            new Column("mode", Type.STRING, ""));
    private static final Route ROUTE = new Route("t/boiler", 2, true);

    private static Message encode(
            PayloadFormat format, TimeUnitName unit, Map<String, String> options, OutboxBatch batch) {
        PayloadSettings settings = new PayloadSettings("cloud", "gw-1", unit, options);
        format.check(settings);
        List<Message> messages = format.open(settings, null).encode(batch, ROUTE);
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private static OutboxBatch batch(String stream, Row... rows) {
        return new OutboxBatch(1, stream, "01J", 7, List.of(rows), Map.of(), false, false, false, Part.WHOLE);
    }

    private static String json(Map<String, String> options, OutboxBatch batch) {
        byte[] payload =
                encode(new SenmlJsonFormat(), TimeUnitName.MS, options, batch).payload();
        return new String(payload, StandardCharsets.UTF_8);
    }

    private static Row boiler(long nanos, double temperature) {
        return Row.builder(BOILER).set(0, temperature).build(nanos, ClockState.SYNCED);
    }

    @Test
    void aBatchIsOnePackWithARecordForEachValue() {
        Row first = Row.builder(BOILER)
                .set(0, 71.2)
                .set(1, true)
                .set(2, 3)
                .set(3, (Object) "aé\n")
                .build(TIME, ClockState.SYNCED);
        assertThat(json(Map.of(), batch("boiler", first, boiler(TIME + SECOND, 72))))
                .isEqualTo(
                        "[{\"bn\":\"gw-1:boiler:\",\"bt\":1732172400.123,\"n\":\"temperature\",\"u\":\"Cel\",\"v\":71.2},"
                                + "{\"n\":\"pump\",\"vb\":true},{\"n\":\"starts\",\"u\":\"/\",\"v\":3},{\"n\":\"mode\",\"vs\":\"aé\\u000a\"},"
                                + "{\"n\":\"temperature\",\"u\":\"Cel\",\"t\":1,\"v\":72}]");
    }

    @Test
    void topicQosAndRetainAreTheRoutes() {
        Message json = encode(new SenmlJsonFormat(), TimeUnitName.MS, Map.of(), batch("boiler", boiler(TIME, 1)));
        Message cbor = encode(new SenmlCborFormat(), TimeUnitName.MS, Map.of(), batch("boiler", boiler(TIME, 1)));
        assertThat(json)
                .extracting(Message::topic, Message::qos, Message::retain)
                .containsExactly("t/boiler", 2, true);
        assertThat(cbor)
                .extracting(Message::topic, Message::qos, Message::retain)
                .containsExactly("t/boiler", 2, true);
        assertThat(json.contentType()).isEqualTo("application/senml+json");
        assertThat(cbor.contentType()).isEqualTo("application/senml+cbor");
    }

    /** Written by hand: an array of two maps, keys ascending by their bytes, 71.5 and 72 in 16 bits, 1732172400.123 in 64. */
    @Test
    void cborIsDeterministicAndShort() {
        OutboxBatch batch = batch("b", boiler(TIME, 71.5), boiler(TIME + 2 * SECOND, 72));
        byte[] payload = encode(new SenmlCborFormat(), TimeUnitName.MS, Map.of("bn", "{stream}:"), batch)
                .payload();
        assertThat(HexFormat.of().formatHex(payload))
                .isEqualTo("82" + "a5" + "00" + "6b74656d7065726174757265" + "01" + "6343656c" + "02" + "f95478" + "21"
                        + "62623a" + "22" + "fb41d9cfb69c07df3b" + "a4" + "00" + "6b74656d7065726174757265" + "01"
                        + "6343656c" + "02" + "f95480" + "06" + "02");
    }

    @Test
    void whatIsBadOrAbsentIsLeftOutAndWhatIsUncertainIsThere() throws IOException {
        Row row = Row.builder(BOILER).bad(0).set(2, 5).uncertain(2).build(TIME, ClockState.SYNCED);
        assertThat(Reader.json(json(Map.of(), batch("boiler", row)).getBytes(StandardCharsets.UTF_8)))
                .extracting(Resolved::name, Resolved::value)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("gw-1:boiler:starts", 5L));
    }

    /** RFC 8428, 3: a pack has at least one record; a message there must be, for the batch is to be acknowledged. */
    @Test
    void aBatchWithoutAValueTellsItsNumber() {
        Row row = Row.builder(BOILER).bad(0).build(TIME, ClockState.SYNCED);
        assertThat(json(Map.of(), batch("boiler", row)))
                .isEqualTo("[{\"bn\":\"gw-1:boiler:\",\"bt\":1732172400.123,\"n\":\"headgate:log\",\"vs\":\"01J\"},"
                        + "{\"n\":\"headgate:seq\",\"v\":7}]");
    }

    @Test
    void metaTellsWhatSenmlHasNoFieldFor() {
        Map<String, Long> dropped = new LinkedHashMap<>();
        dropped.put("outbox-full", 12L);
        dropped.put("corrupt", 1L);
        OutboxBatch batch = new OutboxBatch(
                1, "boiler", "01J", 7, List.of(boiler(TIME, 1)), dropped, false, false, true, new Part(1, 2));
        assertThat(json(Map.of("meta", "true"), batch))
                .isEqualTo(
                        "[{\"bn\":\"gw-1:boiler:\",\"bt\":1732172400.123,\"n\":\"headgate:log\",\"vs\":\"01J\"},"
                                + "{\"n\":\"headgate:seq\",\"v\":7},{\"n\":\"headgate:part\",\"vs\":\"1/2\"},"
                                + "{\"n\":\"headgate:historical\",\"vb\":true},{\"n\":\"headgate:dropped:corrupt\",\"v\":1},"
                                + "{\"n\":\"headgate:dropped:outbox-full\",\"v\":12},{\"n\":\"temperature\",\"u\":\"Cel\",\"v\":1}]");
    }

    @Test
    void theSerialOfADeviceStandsInTheBaseName() {
        Map<String, String> options = Map.of("bn", "urn:dev:ow:{serial}:", "serial.boiler", "10e2073a01080063");
        assertThat(json(options, batch("boiler", boiler(TIME, 1)))).contains("\"bn\":\"urn:dev:ow:10e2073a01080063:\"");
        assertThat(json(options, batch("chiller", boiler(TIME, 1)))).contains("\"bn\":\"urn:dev:ow:chiller:\"");
        assertThat(json(Map.of("serial.boiler", "A7"), batch("boiler", boiler(TIME, 1))))
                .contains("\"bn\":\"gw-1:A7:\"");
    }

    /** Rows of several devices in one stream: each under its device's name, which is no measurement of its own. */
    @Test
    void aColumnNamedDeviceSaysWhichDeviceARowIsOf() throws IOException {
        Schema schema = Schema.of(Column.of("device", Type.STRING), Column.of("avg", Type.DOUBLE));
        Row one = Row.builder(schema).set(0, (Object) "one").set(1, 1.5).build(TIME, ClockState.SYNCED);
        Row two = Row.builder(schema).set(0, (Object) "Nr. 2").set(1, 2.5).build(TIME, ClockState.SYNCED);
        Row none = Row.builder(schema).set(1, 3.5).build(TIME, ClockState.SYNCED);
        String json = json(Map.of("serial.one", "S1"), batch("averages", one, one, two, none));
        assertThat(Reader.json(json.getBytes(StandardCharsets.UTF_8)))
                .extracting(Resolved::name)
                .containsExactly("gw-1:S1:avg", "gw-1:S1:avg", "gw-1:Nr._2:avg", "gw-1:averages:avg");
        assertThat(json(Map.of("bn", "{gateway}/{stream}/"), batch("averages", one)))
                .contains("\"bn\":\"gw-1/averages/\"", "\"n\":\"device\",\"vs\":\"one\"");
    }

    @Test
    void aDeviceHasABaseNameInEachStreamThatItIsIn() {
        Schema schema = Schema.of(Column.of("device", Type.STRING), Column.of("avg", Type.LONG));
        Row row = Row.builder(schema).set(0, (Object) "one").set(1, 1).build(TIME, ClockState.SYNCED);
        PayloadSettings settings =
                new PayloadSettings("cloud", "gw-1", TimeUnitName.MS, Map.of("bn", "{stream}/{device}/"));
        PayloadSession session = new SenmlJsonFormat().open(settings, null);
        assertThat(List.of("minutes", "hours", "minutes"))
                .allSatisfy(stream -> assertThat(new String(
                                session.encode(batch(stream, row), ROUTE).get(0).payload(), StandardCharsets.UTF_8))
                        .contains("\"bn\":\"" + stream + "/one/\""));
    }

    /** RFC 8428, 4.5.1. */
    @Test
    void namesHaveNothingButWhatIsAllowedAndStayApart() throws IOException {
        Schema schema = Schema.of(
                Column.of("avg(temperature)", Type.LONG),
                Column.of("avg[temperature]", Type.LONG),
                Column.of("größe", Type.LONG),
                Column.of("a:b-c.d/e_f", Type.LONG));
        Row row = Row.builder(schema).set(0, 1).set(1, 2).set(2, 3).set(3, 4).build(TIME, ClockState.SYNCED);
        assertThat(Reader.json(json(Map.of("bn", "{device}/"), batch("_x", row)).getBytes(StandardCharsets.UTF_8)))
                .extracting(Resolved::name)
                .containsExactly("x_x/avg_temperature_", "x_x/avg_temperature_.2", "x_x/gr__e", "x_x/a:b-c.d/e_f");
    }

    /** RFC 8428, 4.5.3: what is less than 2^28 is relative to now. A time of 1970 must not become one of 2078. */
    @Test
    void timesFromBeforeTheClockWasSetAreRelativeToNow() throws IOException {
        Row early = boiler(20 * SECOND, 1);
        Row later = boiler(25 * SECOND + 500_000_000, 2);
        String json = json(Map.of(), batch("boiler", early, later, boiler(TIME, 3), boiler(TIME + SECOND, 4)));
        assertThat(Reader.json(json.getBytes(StandardCharsets.UTF_8)))
                .extracting(Resolved::time)
                .containsExactly(-5.5, 0.0, 1732172400.123, 1732172401.123);
        String back = json(Map.of(), batch("boiler", boiler(TIME, 3), later));
        assertThat(Reader.json(back.getBytes(StandardCharsets.UTF_8)))
                .extracting(Resolved::time)
                .containsExactly(1732172400.123, 0.0);
    }

    /** RFC 8428, 5: the e of an exponent is a small one. */
    @Test
    void numbersAreThoseOfSenml() {
        Schema schema = Schema.of(Column.of("x", Type.DOUBLE), Column.of("n", Type.LONG));
        Row row = Row.builder(schema)
                .set(0, 1.2345678e-100)
                .set(1, Long.MIN_VALUE)
                .build(TIME, ClockState.SYNCED);
        assertThat(json(Map.of(), batch("boiler", row)))
                .contains("\"v\":1.2345678e-100}", "\"v\":-9223372036854775808}");
    }

    @Test
    void arraysAndStructsAreTextsAndBytesAreData() throws IOException {
        Schema schema = Schema.of(Column.of("a", Type.ARRAY), Column.of("s", Type.STRUCT), Column.of("d", Type.BYTES));
        Map<String, Object> struct = new LinkedHashMap<>();
        struct.put("x", 1L);
        struct.put("y", null);
        Row row = Row.builder(schema)
                .set(0, (Object) List.of(1L, "two"))
                .set(1, (Object) struct)
                .set(2, (Object) new byte[] {-1, -2, -3, -4})
                .build(TIME, ClockState.SYNCED);
        assertThat(json(Map.of(), batch("boiler", row)))
                .contains("\"vs\":\"[1,\\\"two\\\"]\"", "\"vs\":\"{\\\"x\\\":1,\\\"y\\\":null}\"", "\"vd\":\"__79_A\"");
        byte[] cbor = encode(new SenmlCborFormat(), TimeUnitName.MS, Map.of(), batch("boiler", row))
                .payload();
        assertThat(Reader.cbor(cbor))
                .extracting(Resolved::value)
                .containsExactly("[1,\"two\"]", "{\"x\":1,\"y\":null}", Reader.data(new byte[] {-1, -2, -3, -4}));
    }

    /** The second example of RFC 8428, 5.1.2, is what an independent reader makes of the same rows. */
    @Test
    void theExampleOfTheRfcResolvesToTheSame() throws IOException {
        String example = "[{\"bn\":\"urn:dev:ow:10e2073a0108006:\",\"bt\":1.276020076001e+09,"
                + "\"n\":\"voltage\",\"u\":\"V\",\"v\":120.1},"
                + "{\"n\":\"current\",\"u\":\"A\",\"t\":-5,\"v\":1.2},{\"n\":\"current\",\"u\":\"A\",\"t\":-4,\"v\":1.3},"
                + "{\"n\":\"current\",\"u\":\"A\",\"t\":-3,\"v\":1.4},{\"n\":\"current\",\"u\":\"A\",\"t\":-2,\"v\":1.5},"
                + "{\"n\":\"current\",\"u\":\"A\",\"t\":-1,\"v\":1.6},{\"n\":\"current\",\"u\":\"A\",\"v\":1.7}]";
        Schema schema = Schema.of(new Column("voltage", Type.DOUBLE, "V"), new Column("current", Type.DOUBLE, "A"));
        long time = 1_276_020_076_001_000_000L;
        Row[] rows = new Row[7];
        rows[0] = Row.builder(schema).set(0, 120.1).build(time, ClockState.SYNCED);
        for (int i = 1; i < 7; i++) {
            rows[i] = Row.builder(schema).set(1, (11 + i) / 10.0).build(time - (6 - i) * SECOND, ClockState.SYNCED);
        }
        Map<String, String> options = Map.of("bn", "urn:dev:ow:{serial}:", "serial.meter", "10e2073a0108006");
        OutboxBatch batch = batch("meter", rows);
        List<Resolved> expected = Reader.json(example.getBytes(StandardCharsets.UTF_8));
        assertThat(Reader.json(json(options, batch).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected);
        assertThat(Reader.cbor(encode(new SenmlCborFormat(), TimeUnitName.MS, options, batch)
                        .payload()))
                .isEqualTo(expected);
    }
}
