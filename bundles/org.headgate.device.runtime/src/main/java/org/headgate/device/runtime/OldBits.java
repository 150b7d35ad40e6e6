package org.headgate.device.runtime;

import java.io.IOException;
import org.headgate.device.api.Readings;

/** Takes the register that a masked write must leave alone in its other bits. */
final class OldBits implements Readings {
    private long bits;
    private boolean isSet;
    private String why = "the device gave no value";

    /** The register as it is. */
    long bits() throws IOException {
        if (!isSet) {
            throw new IOException("its other bits could not be read: " + why);
        }
        return bits;
    }

    @Override
    public void set(int index, long value) {
        bits = value;
        isSet = true;
    }

    @Override
    public void set(int index, double value) {
        set(index, (long) value);
    }

    @Override
    public void set(int index, boolean value) {
        set(index, value ? 1L : 0L);
    }

    @Override
    public void set(int index, Object value) {
        if (value instanceof Number number) {
            set(index, number.longValue());
        }
    }

    @Override
    public void uncertain(int index, String reason) {
        bad(index, reason);
    }

    @Override
    public void bad(int index, String reason) {
        isSet = false;
        why = reason;
    }

    @Override
    public void time(long epochNanos) {
        // The time of the old value is of no interest.
    }
}
