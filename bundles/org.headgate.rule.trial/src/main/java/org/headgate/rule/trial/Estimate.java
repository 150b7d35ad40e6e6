package org.headgate.rule.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.api.Forecast;
import org.headgate.rule.replay.EmissionWriter;

/** Adds up what goes into a rule and what comes out of it. One thread. */
final class Estimate {
    /** What a payload has around the values of a row is about this: its time, brackets, a comma. */
    private static final int AROUND =
            "{\"rule\":\"\",\"time\":1732172400123,\"rows\":[{}]}".length() - "{\"time\":1732172400123,},".length();

    private final ByteOutput stored = new ByteOutput(1 << 10);
    private final Map<String, ReductionError> errors = new LinkedHashMap<>();
    private final Map<String, Boolean> both = new LinkedHashMap<>();
    private long in;
    private long out;
    private long bytesIn;
    private long bytesOut;
    private long bytesStored;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    /** A row that the rule is about to read. */
    void in(Row row) {
        in++;
        bytesIn += json(row);
        firstNanos = Math.min(firstNanos, row.timeNanos());
        lastNanos = Math.max(lastNanos, row.timeNanos());
        Schema schema = row.schema();
        for (int i = 0; i < schema.size(); i++) {
            if (isNumber(schema, i) && !row.isNull(i)) {
                Column column = schema.column(i);
                errors.computeIfAbsent(column.name(), name -> new ReductionError(name, column.unit()))
                        .in(row.timeNanos(), row.asDouble(i));
            }
        }
    }

    /** Rows that the rule has put out. */
    void out(List<Row> rows) {
        for (Row row : rows) {
            out++;
            bytesOut += json(row);
            stored.cut(0);
            RowCodec.putRow(stored, row, 0, lastNanos);
            bytesStored += stored.size();
            Schema schema = row.schema();
            for (int i = 0; i < schema.size(); i++) {
                String name = schema.column(i).name();
                ReductionError error = errors.get(name);
                if (error != null && isNumber(schema, i) && !row.isNull(i)) {
                    both.put(name, true);
                    error.out(row.timeNanos(), row.asDouble(i));
                }
            }
        }
    }

    Forecast forecast(List<String> notes) {
        List<Forecast.Error> worst = new ArrayList<>();
        both.keySet().forEach(name -> worst.add(errors.get(name).end()));
        Duration span = in == 0 ? Duration.ZERO : Duration.ofNanos(lastNanos - firstNanos);
        return new Forecast(in, out, bytesIn, bytesOut, bytesStored, span, worst, notes);
    }

    private static boolean isNumber(Schema schema, int column) {
        return schema.type(column) == Type.DOUBLE || schema.type(column) == Type.LONG;
    }

    private static int json(Row row) {
        return EmissionWriter.line("", row.timeNanos(), List.of(row)).length - AROUND;
    }
}
