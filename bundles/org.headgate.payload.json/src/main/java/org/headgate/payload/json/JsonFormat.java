package org.headgate.payload.json;

import java.util.List;
import java.util.TreeMap;
import org.headgate.codec.JsonWriter;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.TimeUnitName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The default payload: {@code {"gateway":"gw-1","stream":"boiler-avg","log":"01J...","seq":1042,"rows":[{"time":
 * 1732172400123,"avg":71.2,"max":72}]}}. A BAD value is null and named in its row's {@code quality}, an UNCERTAIN one is
 * there and named, an ABSENT one is left out; {@code "clock":"unset"} marks a row from before the clock was set; {@code
 * dropped} tells what is missing before this batch, {@code "historical":true} that it comes from a backlog, {@code "part":"1/2"} which
 * piece it is of a batch that the broker did not take whole.
 */
@Component
public final class JsonFormat implements PayloadFormat {
    /** For the service registry. */
    @Activate
    public JsonFormat() {}

    @Override
    public String name() {
        return "json";
    }

    @Override
    public PayloadSession open(PayloadSettings settings, Outlet outlet) {
        return (batch, route) ->
                List.of(route.message(encode(settings.gateway(), batch, settings.timeUnit()), "application/json"));
    }

    static byte[] encode(String gateway, OutboxBatch batch, TimeUnitName timeUnit) {
        JsonWriter json = new JsonWriter();
        json.beginObject().name("gateway").value(gateway);
        json.name("stream").value(batch.stream());
        json.name("log").value(batch.log()).name("seq").value(batch.seq());
        if (batch.part().of() > 1) {
            json.name("part").value(batch.part().number() + "/" + batch.part().of());
        }
        if (batch.historical()) {
            json.name("historical").value(true);
        }
        if (!batch.dropped().isEmpty()) {
            json.name("dropped").value(new TreeMap<>(batch.dropped()));
        }
        json.name("rows").beginArray();
        for (Row row : batch.rows()) {
            row(json, row, timeUnit);
        }
        return json.endArray().endObject().toBytes();
    }

    private static void row(JsonWriter json, Row row, TimeUnitName timeUnit) {
        json.beginObject().name("time").value(timeUnit.of(row.timeNanos()));
        if (row.clock() == ClockState.UNSET) {
            json.name("clock").value("unset");
        }
        Schema schema = row.schema();
        boolean named = false;
        for (int i = 0; i < schema.size(); i++) {
            Quality quality = row.quality(i);
            named |= quality == Quality.BAD || quality == Quality.UNCERTAIN;
            if (quality != Quality.ABSENT) {
                json.name(key(schema, i));
                value(json, row, i);
            }
        }
        if (named) {
            qualities(json, row, schema);
        }
        json.endObject();
    }

    private static void value(JsonWriter json, Row row, int column) {
        if (row.isNull(column)) {
            json.nullValue();
            return;
        }
        switch (row.schema().type(column)) {
            case BOOLEAN -> json.value(row.asBoolean(column));
            case LONG -> json.value(row.asLong(column));
            case DOUBLE -> json.value(row.asDouble(column));
            case STRING -> json.value(row.asString(column));
            default -> json.value(row.object(column));
        }
    }

    private static void qualities(JsonWriter json, Row row, Schema schema) {
        json.name("quality").beginObject();
        for (int i = 0; i < schema.size(); i++) {
            Quality quality = row.quality(i);
            if (quality == Quality.BAD || quality == Quality.UNCERTAIN) {
                json.name(key(schema, i)).value(quality.name());
            }
        }
        json.endObject();
    }

    /** A column that is named like one of our own members gets an underscore: no object has a name twice. */
    private static String key(Schema schema, int column) {
        String name = schema.column(column).name();
        return switch (name) {
            case "time", "clock", "quality" -> name + "_";
            default -> name;
        };
    }
}
