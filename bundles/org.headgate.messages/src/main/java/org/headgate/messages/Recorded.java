package org.headgate.messages;

import org.headgate.device.api.Readings;

/** Readings that are kept, to be given on. Not thread-safe. */
public final class Recorded implements Readings {
    /** Boxed, or the reason as {@link Bad}. */
    private final Object[] values;

    private final String[] uncertain;
    private long timeNanos;
    private boolean timed;

    private record Bad(String why) {}

    /** As many as there are channels. */
    public Recorded(int size) {
        this.values = new Object[size];
        this.uncertain = new String[size];
    }

    @Override
    public void set(int index, long value) {
        values[index] = value;
    }

    @Override
    public void set(int index, double value) {
        values[index] = value;
    }

    @Override
    public void set(int index, boolean value) {
        values[index] = value;
    }

    @Override
    public void set(int index, Object value) {
        values[index] = value;
    }

    @Override
    public void uncertain(int index, String why) {
        uncertain[index] = why;
    }

    @Override
    public void bad(int index, String why) {
        values[index] = new Bad(why);
    }

    @Override
    public void time(long epochNanos) {
        timeNanos = epochNanos;
        timed = true;
    }

    /** Takes what is newer; what that does not say stays. */
    public void update(Recorded newer) {
        for (int i = 0; i < values.length; i++) {
            if (newer.values[i] != null) {
                values[i] = newer.values[i];
                uncertain[i] = newer.uncertain[i];
            }
        }
    }

    /** Gives a value under another number; whether there is one. */
    public boolean give(int index, int number, Readings into) {
        Object value = values[index];
        if (value instanceof Bad bad) {
            into.bad(number, bad.why());
        } else if (value instanceof Long whole) {
            into.set(number, whole.longValue());
        } else if (value instanceof Double real) {
            into.set(number, real.doubleValue());
        } else if (value instanceof Boolean flag) {
            into.set(number, flag.booleanValue());
        } else if (value != null) {
            into.set(number, value);
        }
        if (uncertain[index] != null && value != null && !(value instanceof Bad)) {
            into.uncertain(number, uncertain[index]);
        }
        return value != null;
    }

    /** Gives the time, where there is one. */
    public void giveTime(Readings into) {
        if (timed) {
            into.time(timeNanos);
        }
    }
}
