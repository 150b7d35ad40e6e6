package org.headgate.chips;

import java.io.IOException;

/** A chip on I2C that is written to by the number of a register, and its content: the number moves on with each byte. */
final class Registers {
    private final Wire wire;

    Registers(Wire wire) {
        this.wire = wire;
    }

    byte[] read(int register, int count) throws IOException {
        return answer(wire, new byte[] {(byte) register}, count);
    }

    int read8(int register) throws IOException {
        return Bytes.uint8(read(register, 1), 0);
    }

    /** Most significant byte first. */
    int read16(int register) throws IOException {
        return Bytes.uint16(read(register, 2), 0);
    }

    void write(int register, int... bytes) throws IOException {
        byte[] out = new byte[1 + bytes.length];
        out[0] = (byte) register;
        for (int i = 0; i < bytes.length; i++) {
            out[i + 1] = (byte) bytes[i];
        }
        wire.write(out);
    }

    /** Most significant byte first. */
    void write16(int register, int value) throws IOException {
        write(register, value >> 8, value);
    }

    /** An answer is complete or none: a wire that gives less must not end in an index that does not exist. */
    static byte[] answer(Wire wire, byte[] out, int count) throws IOException {
        return complete(wire.writeRead(out, count), count);
    }

    static byte[] complete(byte[] answer, int count) throws IOException {
        if (answer.length != count) {
            throw new IOException(answer.length + " of " + count + " bytes came: check the wiring");
        }
        return answer;
    }
}
