package org.headgate.chips.kit;

import java.util.Arrays;

/** A PCF8574: a line is high unless the chip or somebody outside pulls it low. */
public final class SimulatedPcf8574 implements SimulatedChip {
    private int latch = 0xFF;
    private int outside = 0xFF;

    /** Pulls a line low from outside, or lets it go. */
    public SimulatedPcf8574 pull(int line, boolean low) {
        outside = low ? outside & ~(1 << line) : outside | 1 << line;
        return this;
    }

    /** The levels of all lines. */
    public int levels() {
        return latch & outside;
    }

    /** What the chip lets go (1) or pulls low (0). */
    public int latch() {
        return latch;
    }

    @Override
    public void write(byte[] bytes) {
        latch = bytes.length == 0 ? latch : bytes[bytes.length - 1] & 0xFF;
    }

    @Override
    public byte[] read(int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) levels());
        return bytes;
    }

    @Override
    public void reset() {
        latch = 0xFF;
    }
}
