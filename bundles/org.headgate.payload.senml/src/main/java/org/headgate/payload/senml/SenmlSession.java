package org.headgate.payload.senml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.headgate.codec.JsonWriter;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.payload.senml.PackWriter.Head;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.Route;

/**
 * Makes a pack of each batch: a record for each value that exists. The base time is the first row's. What SenML has no field for, a pack
 * tells in records of its own in front, named {@code headgate:log}, {@code headgate:seq} and so on, where the settings ask for that; and
 * where not a single value exists, for a pack is never empty (RFC 8428, 3).
 */
final class SenmlSession implements PayloadSession {
    /** What is less counts from "now" on (RFC 8428, 4.5.3). */
    private static final long LEAST_ABSOLUTE_SECONDS = 1 << 28;

    private final SenmlSettings settings;
    private final Supplier<PackWriter> packs;
    private final String contentType;
    private final SenmlNames names;
    private final long unitNanos;
    private final long leastAbsolute;

    SenmlSession(SenmlSettings settings, Supplier<PackWriter> packs, String contentType) {
        this.settings = settings;
        this.packs = packs;
        this.contentType = contentType;
        names = new SenmlNames(settings);
        unitNanos = settings.places() == 6 ? 1_000 : 1_000_000;
        leastAbsolute = LEAST_ABSOLUTE_SECONDS * 1_000_000_000 / unitNanos;
    }

    @Override
    public List<Message> encode(OutboxBatch batch, Route route) {
        List<Row> rows = new ArrayList<>(batch.rows().size() + 1);
        if (settings.meta() || records(batch.rows()) == 0) {
            rows.add(meta(batch));
        }
        rows.addAll(batch.rows());
        Pack pack = new Pack(packs.get(), batch.stream(), now(batch.rows()));
        pack.out.begin(records(rows));
        rows.forEach(pack::row);
        return List.of(route.message(pack.out.toBytes(), contentType));
    }

    private int records(List<Row> rows) {
        int count = 0;
        for (Row row : rows) {
            count += names.of(row).measurements(row);
        }
        return count;
    }

    private long time(Row row) {
        return Math.floorDiv(row.timeNanos(), unitNanos);
    }

    private boolean isAbsolute(long time) {
        return time >= leastAbsolute;
    }

    /** The latest of the times that a clock shows which nobody has set: it becomes "now", and those before it the past. */
    private long now(List<Row> rows) {
        long latest = Long.MIN_VALUE;
        for (Row row : rows) {
            long time = time(row);
            latest = isAbsolute(time) ? latest : Math.max(latest, time);
        }
        return latest;
    }

    /** What the default format says of a batch beside its rows, as a row in front of them. */
    private static Row meta(OutboxBatch batch) {
        Map<String, Long> dropped = new TreeMap<>(batch.dropped());
        List<Column> columns = new ArrayList<>();
        columns.add(Column.of("headgate:log", Type.STRING));
        columns.add(Column.of("headgate:seq", Type.LONG));
        columns.add(Column.of("headgate:part", Type.STRING));
        columns.add(Column.of("headgate:historical", Type.BOOLEAN));
        dropped.keySet().forEach(reason -> columns.add(Column.of("headgate:dropped:" + reason, Type.LONG)));
        RowBuilder row = Row.builder(Schema.of(columns));
        row.set(0, (Object) batch.log()).set(1, batch.seq());
        if (batch.part().of() > 1) {
            row.set(2, (Object) (batch.part().number() + "/" + batch.part().of()));
        }
        if (batch.historical()) {
            row.set(3, true);
        }
        int column = 4;
        for (long count : dropped.values()) {
            row.set(column++, count);
        }
        Row first = batch.rows().get(0);
        return row.build(first.timeNanos(), first.clock());
    }

    /** A pack that is being written: what holds from the last record on. */
    private final class Pack {
        final PackWriter out;
        private final String stream;
        private final long now;
        private String base = "";
        private long baseTime;

        Pack(PackWriter out, String stream, long now) {
            this.out = out;
            this.stream = stream;
            this.now = now;
        }

        void row(Row row) {
            SenmlNames.Columns columns = names.of(row);
            for (int i = 0; i < columns.names().length; i++) {
                if (columns.isMeasured(row, i)) {
                    out.head(head(row, columns.names()[i], columns.units()[i]));
                    value(row, i);
                }
            }
        }

        private Head head(Row row, String name, String unit) {
            String nextBase = names.base(stream, row);
            long time = time(row);
            // Without a base time, as at the beginning, it is 0.
            long nextTime = !isAbsolute(time) ? 0 : baseTime == 0 ? time : baseTime;
            Head head = new Head(
                    nextBase.equals(base) ? "" : nextBase,
                    nextTime != baseTime,
                    nextTime,
                    name,
                    unit,
                    time - (nextTime == 0 ? now : nextTime),
                    settings.places());
            base = nextBase;
            baseTime = nextTime;
            return head;
        }

        private void value(Row row, int column) {
            switch (row.schema().type(column)) {
                case BOOLEAN -> out.value(row.asBoolean(column));
                case LONG -> out.value(row.asLong(column));
                case DOUBLE -> out.value(row.asDouble(column));
                default -> value(row.object(column));
            }
        }

        /** Arrays and structs, for which SenML has no field, are texts: in JSON. */
        private void value(Object value) {
            if (value instanceof Boolean flag) {
                out.value(flag.booleanValue());
            } else if (value instanceof Double || value instanceof Float) {
                out.value(((Number) value).doubleValue());
            } else if (value instanceof Number number) {
                out.value(number.longValue());
            } else if (value instanceof byte[] bytes) {
                out.value(bytes);
            } else if (value instanceof String text) {
                out.value(text);
            } else {
                out.value(new JsonWriter().value(value).toString());
            }
        }
    }
}
