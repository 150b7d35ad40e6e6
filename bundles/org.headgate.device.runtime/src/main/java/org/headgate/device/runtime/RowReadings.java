package org.headgate.device.runtime;

import java.util.Arrays;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Type;
import org.headgate.device.api.Readings;
import org.headgate.device.channels.ChannelDefinition;

/**
 * Takes the raw values of one read, converts and checks them and makes a row of them. Used by the call's thread, then by the device's
 * loop.
 */
final class RowReadings implements Readings {
    /** Stands for no time at all. */
    static final long NO_TIME = Long.MIN_VALUE;

    private final Columns columns;
    private final int[] request;
    private final RowBuilder row;
    private long timeNanos;
    private long tookNanos;
    private long[] ownTimes;
    private String[] reasons;
    private boolean empty;
    private boolean timed;
    private String offline = "";

    /**
     * Readings of a request.
     *
     * @param request the column of each index that the driver uses
     * @param timeNanos the time of the measurement, unless the driver knows better
     */
    RowReadings(Columns columns, int[] request, long timeNanos) {
        this.columns = columns;
        this.request = request;
        this.row = Row.builder(columns.schema());
        this.timeNanos = timeNanos;
    }

    @Override
    public void set(int index, long value) {
        int column = request[index];
        ChannelDefinition definition = columns.definition(column);
        long bits = definition.conversion().bits(value);
        switch (definition.type()) {
            case BOOLEAN -> row.set(column, bits != 0);
            case LONG -> {
                row.set(column, bits);
                check(column, definition, bits);
            }
            case DOUBLE -> number(column, definition, bits);
            default -> failed(column, "a number where " + definition.type() + " is expected");
        }
    }

    @Override
    public void set(int index, double value) {
        int column = request[index];
        ChannelDefinition definition = columns.definition(column);
        if (!Double.isFinite(value)) {
            failed(column, String.valueOf(value));
            return;
        }
        switch (definition.type()) {
            case BOOLEAN -> row.set(column, value != 0);
            case LONG -> {
                row.set(column, Math.round(value));
                check(column, definition, value);
            }
            case DOUBLE -> number(column, definition, value);
            default -> failed(column, "a number where " + definition.type() + " is expected");
        }
    }

    @Override
    public void set(int index, boolean value) {
        int column = request[index];
        if (columns.definition(column).type() == Type.BOOLEAN) {
            row.set(column, value);
        } else {
            set(index, value ? 1L : 0L);
        }
    }

    @Override
    public void set(int index, Object value) {
        if (value instanceof Boolean flag) {
            set(index, flag.booleanValue());
        } else if (value instanceof Double || value instanceof Float) {
            set(index, ((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            set(index, number.longValue());
        } else {
            try {
                row.set(request[index], Values.own(value));
            } catch (IllegalArgumentException wrongType) {
                failed(request[index], wrongType.getMessage());
            }
        }
    }

    @Override
    public void uncertain(int index, String why) {
        row.uncertain(request[index]);
    }

    @Override
    public void bad(int index, String why) {
        failed(request[index], why);
    }

    @Override
    public void time(long epochNanos) {
        timeNanos = epochNanos;
        timed = true;
    }

    @Override
    public void time(int index, long epochNanos) {
        if (ownTimes == null) {
            ownTimes = new long[columns.size()];
            Arrays.fill(ownTimes, NO_TIME);
        }
        ownTimes[request[index]] = epochNanos;
        timed = true;
    }

    /** Whether values have times of their own. */
    boolean haveOwnTimes() {
        return ownTimes != null;
    }

    /** The time of a column's value alone; {@link #NO_TIME} where it has none. */
    long ownTime(int column) {
        return ownTimes == null ? NO_TIME : ownTimes[column];
    }

    /** The device is not there: none of its channels has a value. */
    void offline(String why) {
        offline = why;
        for (int column : request) {
            failed(column, why);
        }
    }

    /** Why the device is not there; empty where it is. */
    String offline() {
        return offline;
    }

    /** Why a column is BAD; {@code null} where it is not. */
    String reason(int column) {
        return reasons == null ? null : reasons[column];
    }

    /** Whether any column is BAD. */
    boolean isBad() {
        return reasons != null;
    }

    /** Whether the driver gave nothing at all; known once the row is built. */
    boolean isEmpty() {
        return empty;
    }

    /** Whether the row's time is the driver's, and not that of the call. */
    boolean isTimed() {
        return timed;
    }

    /** Notes how long the driver needed. */
    void took(long nanos) {
        tookNanos = nanos;
    }

    long tookNanos() {
        return tookNanos;
    }

    /** The row of all values: at their own time where that is the same for all, else at that of the whole. */
    Row build(ClockState clock) {
        empty = row.isEmpty();
        return row.build(common(), clock);
    }

    private long common() {
        if (ownTimes == null) {
            return timeNanos;
        }
        long first = ownTimes[request[0]];
        for (int column : request) {
            if (ownTimes[column] != first) {
                return timeNanos;
            }
        }
        return first == NO_TIME ? timeNanos : first;
    }

    /** The time of the read as a whole. */
    long timeNanos() {
        return timeNanos;
    }

    private void number(int column, ChannelDefinition definition, double raw) {
        double value = definition.conversion().value(raw);
        row.set(column, value);
        check(column, definition, value);
    }

    private void check(int column, ChannelDefinition definition, double value) {
        if (!definition.range().contains(value)) {
            row.uncertain(column);
        }
    }

    private void failed(int column, String why) {
        row.bad(column);
        if (reasons == null) {
            reasons = new String[columns.size()];
        }
        reasons[column] = why;
    }
}
