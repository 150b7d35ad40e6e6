package org.headgate.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteOutput} wrote. Any read beyond the end throws {@link java.nio.BufferUnderflowException}. */
public final class ByteInput {
    private final ByteBuffer bytes;

    /** Reads the bytes between the buffer's position and its limit; the buffer itself stays as it is. */
    public ByteInput(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A byte, from 0 to 255. */
    public int getByte() {
        return bytes.get() & 0xFF;
    }

    /** Eight bytes as a double. */
    public double getDouble() {
        return bytes.getDouble();
    }

    /** An unsigned LEB128 number. */
    public long getVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a varint of more than 10 bytes");
    }

    /** A signed number in zigzag form. */
    public long getZigzag() {
        long value = getVarint();
        return value >>> 1 ^ -(value & 1);
    }

    /** A count of things of at least one byte each: never more than bytes are left. */
    public int getCount() {
        long count = getVarint();
        if (count < 0 || count > bytes.remaining()) {
            throw new IllegalArgumentException("a count of " + count + " with " + bytes.remaining() + " bytes left");
        }
        return (int) count;
    }

    /** Bytes behind their count. */
    public byte[] getBytes() {
        byte[] value = new byte[getCount()];
        bytes.get(value);
        return value;
    }

    /** A text in UTF-8 behind its count of bytes. */
    public String getText() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }
}
