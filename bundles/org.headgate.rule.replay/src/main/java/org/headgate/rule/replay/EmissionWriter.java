package org.headgate.rule.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.headgate.codec.JsonWriter;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;

/** Writes emissions as JSON, one a line: {@code {"rule":"r","time":1541152486013,"rows":[{...},...]}}. Nulls are left out. */
public final class EmissionWriter {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private final OutputStream out;

    /** Writes to a stream of bytes. */
    public EmissionWriter(OutputStream out) {
        this.out = out;
    }

    /** The line of an emission, without its end. */
    public static byte[] line(String rule, long firingNanos, List<Row> rows) {
        JsonWriter json = new JsonWriter();
        json.beginObject();
        json.name("rule").value(rule);
        json.name("time").value(Math.floorDiv(firingNanos, NANOS_PER_MILLI));
        json.name("rows").beginArray();
        for (Row row : rows) {
            json.beginObject();
            Schema schema = row.schema();
            for (int i = 0; i < schema.size(); i++) {
                if (!row.isNull(i)) {
                    value(json.name(schema.column(i).name()), row, i);
                }
            }
            json.endObject();
        }
        json.endArray().endObject();
        return json.toBytes();
    }

    /** Writes an emission. */
    public void write(String rule, long firingNanos, List<Row> rows) throws IOException {
        out.write(line(rule, firingNanos, rows));
        out.write('\n');
    }

    private static void value(JsonWriter json, Row row, int column) {
        switch (row.schema().type(column)) {
            case BOOLEAN -> json.value(row.asBoolean(column));
            case LONG -> json.value(row.asLong(column));
            case DOUBLE -> json.value(row.asDouble(column));
            default -> json.value(row.object(column));
        }
    }
}
