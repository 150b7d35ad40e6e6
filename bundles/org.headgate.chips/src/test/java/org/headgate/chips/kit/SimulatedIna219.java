package org.headgate.chips.kit;

/** An INA219 that calculates as SBOS448G, Equations 4 and 5, has it; what it measures is there a while after it was set up. */
public final class SimulatedIna219 extends SimulatedWords {
    private static final int BUS = 2;
    private static final int POWER = 3;
    private static final int CONVERTED = 2;

    private int shunt;
    private int bus;
    /** How often the first measurement is asked for in vain. */
    private int pending;

    private boolean hung;

    /** A chip after power-on. */
    public SimulatedIna219() {
        reset();
    }

    /**
     * What it measures.
     *
     * @param shunt in steps of 10 uV
     * @param bus in steps of 4 mV
     */
    public SimulatedIna219 measures(int shunt, int bus) {
        this.shunt = shunt;
        this.bus = bus;
        calculate();
        return this;
    }

    /** Never ends a measurement from now on. */
    public SimulatedIna219 hang() {
        hung = true;
        return this;
    }

    @Override
    public void reset() {
        set(0, 0x399F);
        set(5, 0);
        pending = 0;
        calculate();
    }

    @Override
    protected void reading(int register) {
        if (register == POWER) {
            set(BUS, get(BUS) & ~CONVERTED);
        } else if (register == BUS && !hung) {
            if (pending > 0) {
                pending--;
            } else {
                calculate();
            }
        }
    }

    @Override
    protected void written(int register, int value) {
        if (register == 0) {
            set(0, value);
            set(BUS, get(BUS) & ~CONVERTED);
            pending = 1;
        } else if (register == 5) {
            // The arithmetic takes it up with the next measurement (8.5.1).
            set(5, value & 0xFFFE);
        }
    }

    private void calculate() {
        int range = 4000 << (get(0) >> 11 & 3);
        int seen = Math.max(-range, Math.min(range, shunt));
        long current = (long) seen * get(5) / 4096;
        boolean overflow = Math.abs(current) > 32_767;
        set(1, seen);
        set(BUS, bus << 3 | CONVERTED | (overflow ? 1 : 0));
        set(POWER, (int) (Math.abs(current) * bus / 5000));
        set(4, (int) current);
    }
}
