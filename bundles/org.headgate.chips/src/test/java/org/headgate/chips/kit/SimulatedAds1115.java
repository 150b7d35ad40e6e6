package org.headgate.chips.kit;

/** An ADS1115 with voltages at its inputs. */
public class SimulatedAds1115 extends SimulatedWords {
    private static final double[] FULL_SCALE = {6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256};
    private static final int[][] PAIRS = {{0, 1}, {0, 3}, {1, 3}, {2, 3}};

    private final double[] volts = new double[4];
    private boolean hung;
    private int busy;

    /** A chip after power-on. */
    public SimulatedAds1115() {
        reset();
    }

    /** Puts a voltage at an input. */
    public SimulatedAds1115 input(int number, double voltage) {
        volts[number] = voltage;
        return this;
    }

    /** Is within a conversion that somebody else has begun, until its set-up has been read so often. */
    public SimulatedAds1115 busy(int reads) {
        busy = reads;
        set(1, get(1) & 0x7FFF);
        return this;
    }

    /** Never ends a conversion. */
    public void hang() {
        hung = true;
    }

    @Override
    public final void reset() {
        set(0, 0);
        set(1, 0x8583);
    }

    @Override
    protected void reading(int register) {
        if (register == 1 && busy > 0 && --busy == 0) {
            set(1, get(1) | 0x8000);
        }
    }

    @Override
    protected void written(int register, int value) {
        if (register != 1) {
            return;
        }
        if (busy > 0) {
            set(1, value & 0x7FFF);
            return;
        }
        boolean start = (value & 0x8000) != 0;
        set(1, hung && start ? value & 0x7FFF : value | 0x8000);
        if (start && !hung) {
            int mux = value >> 12 & 7;
            double voltage = mux < 4 ? volts[PAIRS[mux][0]] - volts[PAIRS[mux][1]] : volts[mux - 4];
            long code = Math.round(voltage / FULL_SCALE[value >> 9 & 7] * 32_768);
            set(0, (int) Math.max(-32_768, Math.min(32_767, code)));
        }
    }
}
