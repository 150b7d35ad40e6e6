package org.headgate.chips.kit;

import java.io.IOException;
import java.util.Arrays;

/** An MCP3008 with codes at its inputs. */
public class SimulatedMcp3008 implements SimulatedChip {
    private final int[] codes = new int[8];

    /** Sets what an input will be converted to, from 0 to 1023. */
    public SimulatedMcp3008 input(int number, int code) {
        codes[number] = code;
        return this;
    }

    @Override
    public void write(byte[] bytes) {
        throw new UnsupportedOperationException("not on I2C");
    }

    @Override
    public byte[] read(int count) {
        throw new UnsupportedOperationException("not on I2C");
    }

    /** DS21295, Figure 6-1: what comes before the null bit is undefined, here ones. */
    @Override
    public byte[] transfer(byte[] out) throws IOException {
        byte[] in = new byte[out.length];
        Arrays.fill(in, (byte) 0xFF);
        if (out.length == 3 && out[0] == 1 && (out[1] & 0x80) != 0) {
            int code = codes[out[1] >> 4 & 7];
            in[1] = (byte) (0xF8 | code >> 8);
            in[2] = (byte) code;
        }
        return in;
    }

    @Override
    public void reset() {
        // It keeps nothing.
    }
}
