package org.headgate.chips.kit;

import java.io.IOException;

/** A chip of 16-bit registers, most significant byte first, whose number stays until another is written. */
public abstract class SimulatedWords implements SimulatedChip {
    private final int[] words = new int[256];
    private int pointer;

    /** What a register has. */
    public final int get(int register) {
        return words[register];
    }

    /** Sets a register, whether or not it can be written over the bus. */
    public final void set(int register, int value) {
        words[register] = value & 0xFFFF;
    }

    /** A register is about to be read over the bus. */
    protected void reading(int register) {}

    /** A word comes over the bus. */
    protected abstract void written(int register, int value);

    @Override
    public void write(byte[] bytes) throws IOException {
        pointer = bytes[0] & 0xFF;
        if (bytes.length == 3) {
            written(pointer, (bytes[1] & 0xFF) << 8 | bytes[2] & 0xFF);
        }
    }

    @Override
    public byte[] read(int count) throws IOException {
        reading(pointer);
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i % 2 == 0 ? words[pointer] >> 8 : words[pointer]);
        }
        return bytes;
    }
}
