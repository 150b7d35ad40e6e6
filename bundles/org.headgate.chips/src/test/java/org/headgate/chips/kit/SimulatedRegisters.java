package org.headgate.chips.kit;

import java.io.IOException;

/** A chip of 8-bit registers, whose number is the first byte of a write and moves on with each byte. */
public class SimulatedRegisters implements SimulatedChip {
    private final int[] registers = new int[256];
    private int pointer;

    /** What a register has. */
    public final int get(int register) {
        return registers[register];
    }

    /** Sets registers, whether or not they can be written over the bus. */
    public final void set(int register, int... values) {
        for (int i = 0; i < values.length; i++) {
            registers[register + i] = values[i] & 0xFF;
        }
    }

    /** A byte comes over the bus; it is kept unless the chip knows better. */
    protected void written(int register, int value) {
        set(register, value);
    }

    /** A byte goes over the bus. */
    protected int reading(int register) {
        return get(register);
    }

    /** The register after another in one transaction. */
    protected int next(int register) {
        return register + 1 & 0xFF;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            pointer = bytes[0] & 0xFF;
        }
        for (int i = 1; i < bytes.length; i++) {
            written(pointer, bytes[i] & 0xFF);
            pointer = next(pointer);
        }
    }

    @Override
    public byte[] read(int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) reading(pointer);
            pointer = next(pointer);
        }
        return bytes;
    }

    @Override
    public void reset() {
        set(0, new int[256]);
    }
}
