package org.headgate.chips.kit;

/** A DS3231 that stands still: 2026-11-21 06:30:15, 25.25 degrees (the example of 19-5170). */
public final class SimulatedDs3231 extends SimulatedRegisters {
    /** A chip whose battery has lasted. */
    public SimulatedDs3231() {
        set(0x00, 0x15, 0x30, 0x06, 0x06, 0x21, 0x11, 0x26);
        set(0x0E, 0x1C, 0x08, 0x00, 0x19, 0x40);
    }

    @Override
    protected int next(int register) {
        return (register + 1) % 0x13;
    }

    /** OSF and the alarms' flags can be cleared only, the temperature not be written at all. */
    @Override
    protected void written(int register, int value) {
        if (register == 0x0F) {
            int flags = 0x83;
            set(register, get(register) & value & flags | value & 0x08 | get(register) & 0x04);
        } else if (register < 0x11) {
            set(register, value);
        }
    }

    /** The battery is empty, too. */
    @Override
    public void reset() {
        set(0x00, 0x00, 0x00, 0x00, 0x01, 0x01, 0x01, 0x00);
        set(0x0F, 0x88);
    }
}
