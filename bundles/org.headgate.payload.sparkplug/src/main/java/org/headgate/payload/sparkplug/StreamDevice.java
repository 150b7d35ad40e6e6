package org.headgate.payload.sparkplug;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.sparkplug.DataType;
import org.headgate.sparkplug.Metric;
import org.headgate.sparkplug.Metric.Property;
import org.headgate.sparkplug.PayloadWriter;

/**
 * A stream as a Sparkplug device in one session: the metrics that its births declare, all that were ever seen, and whether it is born. What
 * was dropped of the stream is in metrics of its own, {@code Dropped/REASON}, which count the rows of this session.
 */
final class StreamDevice {
    static final String DROPPED = "Dropped/";
    static final String UNIT = "engUnit";

    private final String name;
    private final Aliases aliases;
    private final Map<String, Declared> metrics = new LinkedHashMap<>();
    private final Map<String, Dropped> dropped = new TreeMap<>();
    private Optional<Schema> linked = Optional.empty();
    private long[] links = {};
    private boolean born;
    private boolean untold;
    private boolean tooLarge;
    private long lateNanos = Long.MIN_VALUE;

    StreamDevice(String name, Aliases aliases) {
        this.name = name;
        this.aliases = aliases;
    }

    /** A metric that a birth declares. */
    record Declared(Column column, long alias) {
        DataType type() {
            return DataType.of(column.type());
        }
    }

    private static final class Dropped {
        private final long alias;
        private long rows;

        Dropped(long alias) {
            this.alias = alias;
        }
    }

    String name() {
        return name;
    }

    boolean isBorn() {
        return born;
    }

    /** Whether its last birth has not gone out. */
    boolean isUntold() {
        return untold;
    }

    /** Its birth is too large; returns whether that is found for the first time. */
    boolean isFirstTooLarge() {
        boolean first = !tooLarge;
        tooLarge = true;
        return first;
    }

    /** Its last birth has not gone out: another one comes before its next row. */
    void unborn(boolean wasBorn) {
        born = wasBorn;
        untold = true;
    }

    /** Rows from before an outage have come; a device that is down is not buried while they do. */
    void late(long monotonicNanos) {
        lateNanos = monotonicNanos;
    }

    /** Whether such rows came within this time. */
    boolean isLate(long monotonicNanos, long within) {
        return lateNanos != Long.MIN_VALUE && monotonicNanos - lateNanos < within;
    }

    /** It is not there any more: the next thing that it says is a birth. */
    void died() {
        born = false;
    }

    /** Whether rows of this schema can be told by the aliases of the last birth. */
    boolean covers(Schema schema) {
        if (untold) {
            return false;
        }
        if (linked.isPresent() && linked.get() == schema) {
            return true;
        }
        long[] found = new long[schema.size()];
        for (int i = 0; i < found.length; i++) {
            Declared metric = metrics.get(schema.column(i).name());
            if (metric == null || !metric.column().equals(schema.column(i))) {
                return false;
            }
            found[i] = metric.alias();
        }
        linked = Optional.of(schema);
        links = found;
        return true;
    }

    /** The next birth declares these columns, too; one that was declared otherwise is from then on as it is here. */
    void declare(List<Column> columns) {
        linked = Optional.empty();
        for (Column column : columns) {
            Declared former = metrics.get(column.name());
            metrics.put(column.name(), new Declared(column, former == null ? aliases.next() : former.alias()));
        }
    }

    /** The next birth declares these columns, too, but those whose names it has already. */
    void add(List<Column> columns) {
        declare(columns.stream()
                .filter(column -> !metrics.containsKey(column.name()))
                .toList());
    }

    /** What the births declare. */
    List<Column> columns() {
        return metrics.values().stream().map(Declared::column).toList();
    }

    /** The metric that a command means, by its name or its alias. */
    Optional<Declared> meant(Metric metric) {
        if (!metric.name().isEmpty()) {
            return Optional.ofNullable(metrics.get(metric.name()));
        }
        OptionalLong alias = metric.alias();
        return metrics.values().stream()
                .filter(one -> alias.isPresent() && one.alias() == alias.getAsLong())
                .findFirst();
    }

    /** Rows of the stream are missing; returns whether a reason is new, so that a birth has to declare it. */
    boolean dropped(Map<String, Long> rows) {
        boolean fresh = false;
        for (Map.Entry<String, Long> reason : new TreeMap<>(rows).entrySet()) {
            Dropped known = dropped.get(reason.getKey());
            if (known == null) {
                known = new Dropped(aliases.next());
                dropped.put(reason.getKey(), known);
                fresh = true;
            }
            known.rows += reason.getValue();
        }
        return fresh;
    }

    /** What {@link #dropped} said last was not told. */
    void undrop(Map<String, Long> rows) {
        rows.forEach((reason, count) -> dropped.get(reason).rows -= count);
    }

    /** The counts of what is missing for these reasons. */
    void drops(PayloadWriter out, Map<String, Long> reasons, long millis) {
        for (String reason : new TreeMap<>(reasons).keySet()) {
            Dropped known = dropped.get(reason);
            out.metric(new Metric(
                    "",
                    OptionalLong.of(known.alias),
                    OptionalLong.of(millis),
                    0,
                    false,
                    false,
                    Map.of(),
                    Optional.of(known.rows)));
        }
    }

    /** A row by the aliases of the last birth, which {@link #covers} its schema. */
    void append(PayloadWriter out, Row row, boolean historical) {
        for (int i = 0; i < links.length; i++) {
            out.value(links[i], row, i, historical);
        }
    }

    /**
     * All metrics with their current values: those of a row, where there is one, else none.
     *
     * @param now the time of metrics without a row, in milliseconds since the epoch
     * @param longest how long a text or a value of bytes may be; a longer one is left out
     */
    void birth(PayloadWriter out, Optional<Row> current, long now, int longest) {
        born = true;
        untold = false;
        long millis =
                current.map(row -> Math.floorDiv(row.timeNanos(), 1_000_000)).orElse(now);
        boolean unset = current.map(row -> row.clock() == ClockState.UNSET).orElse(false);
        for (Declared metric : metrics.values()) {
            Optional<Row> known = current.filter(row -> tells(row, metric));
            Optional<Object> value = known.flatMap(row -> value(row, metric, longest));
            int quality = known.map(row -> quality(row, metric, value)).orElse(Metric.STALE);
            out.metric(Metric.born(
                    metric.column().name(),
                    metric.alias(),
                    millis,
                    metric.type(),
                    properties(metric.column().unit(), quality, unset),
                    value));
        }
        dropped.forEach((reason, known) -> out.metric(
                Metric.born(DROPPED + reason, known.alias, millis, DataType.INT64, Map.of(), Optional.of(known.rows))));
    }

    /** Whether a row says something of a metric as it is declared; a value in another unit is none. */
    private static boolean tells(Row row, Declared metric) {
        int index = row.schema().indexOf(metric.column().name());
        return index >= 0 && row.schema().column(index).equals(metric.column()) && row.quality(index) != Quality.ABSENT;
    }

    private static Optional<Object> value(Row row, Declared metric, int longest) {
        int index = row.schema().indexOf(metric.column().name());
        return row.isNull(index)
                ? Optional.empty()
                : Optional.of(PayloadWriter.boxed(row, index)).filter(value -> length(value) <= longest);
    }

    private static int length(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.length;
        }
        return value instanceof String text ? text.length() : 0;
    }

    private static int quality(Row row, Declared metric, Optional<Object> told) {
        int index = row.schema().indexOf(metric.column().name());
        return switch (row.quality(index)) {
            case GOOD -> told.isPresent() ? Metric.GOOD : Metric.STALE;
            case BAD -> Metric.BAD;
            default -> Metric.STALE;
        };
    }

    private static Map<String, Property> properties(String unit, int quality, boolean unset) {
        Map<String, Property> properties = new LinkedHashMap<>();
        if (!unit.isEmpty()) {
            properties.put(UNIT, Property.of(DataType.STRING, unit));
        }
        properties.put(Metric.QUALITY, Property.quality(quality));
        if (unset) {
            properties.put(PayloadWriter.CLOCK, Property.of(DataType.STRING, "unset"));
        }
        return properties;
    }
}
