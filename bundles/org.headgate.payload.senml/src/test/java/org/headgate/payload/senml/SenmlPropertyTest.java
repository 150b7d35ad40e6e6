package org.headgate.payload.senml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.headgate.codec.JsonWriter;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.payload.senml.Reader.Resolved;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.Route;
import org.headgate.uplink.api.TimeUnitName;
import org.junit.jupiter.api.Test;

/** Random batches, read back by a reader that is not ours, are the same values under the same names at the same times. */
class SenmlPropertyTest {
    private static final int BATCHES = Boolean.getBoolean("headgate.long") ? 200_000 : 3_000;
    private static final long START = 1_732_172_400_000_000_000L;
    private static final String[] UNITS = {"", "Cel", "bar", "%", "kW.h"};
    private static final Route ROUTE = new Route("t", 1, false);

    private final Random random = new Random(8428);

    @Test
    void everyValueOfEveryRowArrives() throws IOException {
        for (TimeUnitName unit : List.of(TimeUnitName.MS, TimeUnitName.US)) {
            PayloadSession json = session(new SenmlJsonFormat(), unit);
            PayloadSession cbor = session(new SenmlCborFormat(), unit);
            for (int i = 0; i < BATCHES / 2; i++) {
                List<Row> rows = rows();
                OutboxBatch batch = new OutboxBatch(
                        i, "s" + i % 3, "01J", i + 1, rows, Map.of(), false, false, false, OutboxBatch.Part.WHOLE);
                List<Resolved> expected = expected(batch, unit);
                if (!expected.isEmpty()) {
                    same(Reader.json(json.encode(batch, ROUTE).get(0).payload()), expected, unit, false);
                    same(Reader.cbor(cbor.encode(batch, ROUTE).get(0).payload()), expected, unit, true);
                }
            }
        }
    }

    private static PayloadSession session(PayloadFormat format, TimeUnitName unit) {
        return format.open(new PayloadSettings("cloud", "gw", unit, Map.of()), null);
    }

    private static void same(List<Resolved> found, List<Resolved> expected, TimeUnitName unit, boolean cbor) {
        double perSecond = unit == TimeUnitName.MS ? 1e3 : 1e6;
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            Resolved is = found.get(i);
            Resolved should = expected.get(i);
            assertThat(is.name()).isEqualTo(should.name());
            assertThat(is.unit()).isEqualTo(should.unit());
            // Rounded to the unit of time, as the README says: what remains is exact.
            assertThat((double) Math.round(is.time() * perSecond)).isEqualTo(should.time());
            // JSON has one kind of number: 72.0 is 72 there.
            Object value = !cbor && should.value() instanceof Double ? ((Number) is.value()).doubleValue() : is.value();
            assertThat(value).isEqualTo(should.value());
        }
    }

    /** What RFC 8428 and the README promise of a batch, straight from its rows; times in their unit. */
    private static List<Resolved> expected(OutboxBatch batch, TimeUnitName unit) {
        List<Resolved> all = new ArrayList<>();
        for (Row row : batch.rows()) {
            for (int i = 0; i < row.schema().size(); i++) {
                Object value = row.object(i);
                if (value instanceof byte[] bytes) {
                    value = Reader.data(bytes);
                } else if (value instanceof List || value instanceof Map) {
                    value = new JsonWriter().value(value).toString();
                }
                if (value != null) {
                    Column column = row.schema().column(i);
                    String senml = switch (column.unit()) {
                        case "%" -> "/100";
                        case "kW.h" -> "kWh";
                        case "bar" -> "";
                        default -> column.unit();
                    };
                    all.add(new Resolved(
                            "gw:" + batch.stream() + ":" + column.name(), unit.of(row.timeNanos()), senml, value));
                }
            }
        }
        return all;
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Schema schema = schema();
        long time = START + (random.nextLong() >>> 8);
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            if (random.nextInt(6) == 0) {
                schema = schema();
            }
            time += random.nextInt(3) * (random.nextLong() >>> 26) - 1_000;
            rows.add(row(schema, time));
        }
        return rows;
    }

    private Schema schema() {
        List<Column> columns = new ArrayList<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            Type type = Type.values()[random.nextInt(Type.values().length)];
            columns.add(new Column("c" + i, type, UNITS[random.nextInt(UNITS.length)]));
        }
        return Schema.of(columns);
    }

    private Row row(Schema schema, long time) {
        RowBuilder row = Row.builder(schema);
        for (int i = 0; i < schema.size(); i++) {
            Type type = schema.type(i);
            switch (random.nextInt(6)) {
                case 0 -> row.bad(i);
                case 1 -> {
                    // Absent.
                }
                default -> row.set(i, value(type == Type.ANY ? Type.values()[random.nextInt(7)] : type));
            }
        }
        return row.build(time, ClockState.SYNCED);
    }

    private Object value(Type type) {
        return switch (type) {
            case BOOLEAN -> random.nextBoolean();
            case LONG -> random.nextLong() >> random.nextInt(64);
            case DOUBLE -> number();
            case BYTES -> bytes();
            case ARRAY -> List.of(random.nextLong(), text());
            case STRUCT -> new LinkedHashMap<>(Map.of(text(), random.nextBoolean()));
            default -> text();
        };
    }

    private double number() {
        double any = Double.longBitsToDouble(random.nextLong());
        return switch (random.nextInt(4)) {
            case 0 -> Double.isFinite(any) ? any : 0.1;
            case 1 -> random.nextInt(1000) / 8.0;
            case 2 -> (float) random.nextGaussian();
            default -> random.nextInt() / 1000.0;
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            int point = random.nextInt(random.nextBoolean() ? 0x80 : 0x10FFFF);
            text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? '"' : point);
        }
        return text.toString();
    }
}
