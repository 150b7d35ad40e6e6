package org.headgate.device.runtime;

import java.util.List;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;

/** Takes the values of one read and makes a row of them. Used by the call's thread, then by the device's loop. */
final class RowReadings implements Readings {
    private final RowBuilder row;
    private final List<Channel> channels;
    private long timeNanos;
    private String firstBad = "";

    RowReadings(Schema schema, List<Channel> channels, long timeNanos) {
        this.row = Row.builder(schema);
        this.channels = channels;
        this.timeNanos = timeNanos;
    }

    @Override
    public void set(int index, long value) {
        if (row.schema().type(index) == Type.BOOLEAN) {
            row.set(index, value != 0);
        } else {
            row.set(index, value);
        }
    }

    @Override
    public void set(int index, double value) {
        switch (row.schema().type(index)) {
            case DOUBLE -> row.set(index, value);
            case BOOLEAN -> row.set(index, value != 0);
            default -> row.set(index, Math.round(value));
        }
    }

    @Override
    public void set(int index, boolean value) {
        if (row.schema().type(index) == Type.BOOLEAN) {
            row.set(index, value);
        } else {
            row.set(index, value ? 1L : 0L);
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
            row.set(index, value);
        }
    }

    @Override
    public void uncertain(int index, String why) {
        row.uncertain(index);
    }

    @Override
    public void bad(int index, String why) {
        row.bad(index);
        if (firstBad.isEmpty()) {
            firstBad = channels.get(index).name() + ": " + why;
        }
    }

    @Override
    public void time(long epochNanos) {
        timeNanos = epochNanos;
    }

    /** The first failed channel and why; empty when none failed. */
    String firstBad() {
        return firstBad;
    }

    boolean isEmpty() {
        return row.isEmpty();
    }

    Row build(ClockState clock) {
        return row.build(timeNanos, clock);
    }
}
