package org.headgate.chips.kit;

/** An MCP23017 with IOCON.BANK = 0; setting that bit is not simulated, clearing it is. */
public final class SimulatedMcp23017 extends SimulatedRegisters {
    private int outside;
    private int driven;

    /** A chip after power-on, with nothing connected. */
    public SimulatedMcp23017() {
        reset();
    }

    /** Connects a line, by its number from 0 (a0) to 15 (b7), to high or low. */
    public SimulatedMcp23017 connect(int line, boolean high) {
        driven |= 1 << line;
        outside = high ? outside | 1 << line : outside & ~(1 << line);
        return this;
    }

    /** The level of a line, whoever drives it. */
    public boolean level(int line) {
        return (levels() >> line & 1) != 0;
    }

    private int levels() {
        int inputs = word(0x00);
        int floating = word(0x0C);
        return ~inputs & word(0x14) | inputs & (driven & outside | ~driven & floating);
    }

    private int word(int register) {
        return get(register) | get(register + 1) << 8;
    }

    @Override
    public void reset() {
        super.reset();
        set(0x00, 0xFF, 0xFF);
    }

    @Override
    protected int next(int register) {
        return (register + 1) % 0x16;
    }

    @Override
    protected void written(int register, int value) {
        switch (register) {
            case 0x0A, 0x0B -> set(0x0A, value, value);
            case 0x12, 0x13 -> set(register + 2, value);
            case 0x0E, 0x0F, 0x10, 0x11 -> {}
            default -> set(register, value);
        }
    }

    @Override
    protected int reading(int register) {
        int polarity = word(0x02);
        return switch (register) {
            case 0x12 -> (levels() ^ polarity) & 0xFF;
            case 0x13 -> (levels() ^ polarity) >> 8 & 0xFF;
            default -> get(register);
        };
    }
}
