package org.headgate.device.channels;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;

/**
 * Leaves out of a device's rows what its channels do not want reported. A change of quality is always reported. Used by one thread: the
 * device's loop.
 */
public final class ReportFilter {
    /** A poll that comes a little early still counts for {@code every}: it would be late by a whole poll otherwise. */
    private static final long EARLY_NANOS = 100_000_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final Schema schema;
    private final boolean transparent;
    private final boolean[] onChange;
    private final double[] deadband;
    private final long[] everyNanos;
    /** What was reported last; no quality where nothing was. */
    private final Quality[] qualities;

    private final long[] bits;
    private final Object[] objects;
    private final long[] times;
    private final boolean[] due;

    /**
     * A filter for the rows of one stream.
     *
     * @param columns the channels, in the order of the schema's columns
     * @param schema the rows' schema
     * @throws IllegalArgumentException when there is not one channel a column
     */
    public ReportFilter(List<ChannelDefinition> columns, Schema schema) {
        int size = schema.size();
        if (columns.size() != size) {
            throw new IllegalArgumentException(columns.size() + " channels for " + size + " columns");
        }
        this.schema = schema;
        onChange = new boolean[size];
        deadband = new double[size];
        everyNanos = new long[size];
        qualities = new Quality[size];
        bits = new long[size];
        objects = new Object[size];
        times = new long[size];
        due = new boolean[size];
        boolean always = true;
        for (int i = 0; i < size; i++) {
            Report report = columns.get(i).report();
            onChange[i] = report.onChange();
            deadband[i] = report.deadband();
            everyNanos[i] = report.every().map(ReportFilter::patience).orElse(NEVER);
            always &= !report.onChange();
        }
        transparent = always;
    }

    /**
     * What of a row is reported.
     *
     * @param monotonicNanos now, by the monotonic clock
     * @return the row itself when all of it is; else one in which the other columns are ABSENT; empty when nothing is left
     */
    public Optional<Row> filter(Row row, long monotonicNanos) {
        if (transparent) {
            return Optional.of(row);
        }
        int kept = 0;
        int left = 0;
        for (int i = 0; i < due.length; i++) {
            boolean sampled = row.quality(i) != Quality.ABSENT;
            due[i] = sampled && (!onChange[i] || isDue(row, i, monotonicNanos));
            if (due[i]) {
                kept++;
                remember(row, i, monotonicNanos);
            } else if (sampled) {
                left++;
            }
        }
        if (kept == 0) {
            return Optional.empty();
        }
        return Optional.of(left == 0 ? row : only(row));
    }

    /** Forgets what was reported, so that the next row is reported whole: for a device that comes back. */
    public void forget() {
        Arrays.fill(qualities, null);
        Arrays.fill(objects, null);
    }

    private boolean isDue(Row row, int column, long now) {
        return row.quality(column) != qualities[column]
                || now - times[column] >= everyNanos[column]
                || !row.isNull(column) && differs(row, column);
    }

    private boolean differs(Row row, int column) {
        Type type = schema.type(column);
        if (type == Type.DOUBLE) {
            return Math.abs(row.asDouble(column) - Double.longBitsToDouble(bits[column])) > deadband[column];
        }
        if (type == Type.LONG && deadband[column] > 0) {
            return Math.abs((double) row.bits(column) - (double) bits[column]) > deadband[column];
        }
        if (type.isNumeric()) {
            return row.bits(column) != bits[column];
        }
        Object value = row.object(column);
        return value instanceof byte[] bytes && objects[column] instanceof byte[] last
                ? !Arrays.equals(bytes, last)
                : !Objects.equals(value, objects[column]);
    }

    private void remember(Row row, int column, long now) {
        if (!onChange[column]) {
            return;
        }
        qualities[column] = row.quality(column);
        times[column] = now;
        if (schema.type(column).isNumeric()) {
            bits[column] = row.bits(column);
        } else {
            objects[column] = row.object(column);
        }
    }

    private Row only(Row row) {
        RowBuilder some = Row.builder(schema);
        for (int i = 0; i < due.length; i++) {
            if (due[i]) {
                some.copy(i, row, i);
            }
        }
        return some.build(row.timeNanos(), row.clock());
    }

    private static long patience(Duration every) {
        return every.toNanos() - Math.min(every.toNanos() / 10, EARLY_NANOS);
    }
}
