package org.headgate.chips.kit;

/** An INA219 that calculates as SBOS448G, Equations 4 and 5, has it. */
public final class SimulatedIna219 extends SimulatedWords {
    private int shunt;
    private int bus;

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

    @Override
    public void reset() {
        set(0, 0x399F);
        set(5, 0);
        calculate();
    }

    @Override
    protected void written(int register, int value) {
        if (register == 0) {
            set(0, value);
        } else if (register == 5) {
            set(5, value & 0xFFFE);
        }
        calculate();
    }

    private void calculate() {
        long current = (long) shunt * get(5) / 4096;
        boolean overflow = Math.abs(current) > 32_767;
        set(1, shunt);
        set(2, bus << 3 | 2 | (overflow ? 1 : 0));
        set(3, (int) (Math.abs(current) * bus / 5000));
        set(4, (int) current);
    }
}
