package org.headgate.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of bytes to write into, used again for each commit: little-endian numbers, LEB128 varints, UTF-8 texts. */
public final class ByteOutput {
    private ByteBuffer bytes;

    /** An empty run with room for so many bytes; it grows. */
    public ByteOutput(int capacity) {
        bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** How many bytes there are. */
    public int size() {
        return bytes.position();
    }

    /** Forgets what comes after a size. */
    public void cut(int size) {
        bytes.position(size);
    }

    /** All bytes, ready to be written to a file; valid until the next change. */
    public ByteBuffer content() {
        return bytes.duplicate().flip();
    }

    /** The array behind; valid until the next change. */
    public byte[] array() {
        return bytes.array();
    }

    /** A copy of all bytes. */
    public byte[] bytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Appends the lowest eight bits. */
    public void putByte(int value) {
        room(1).put((byte) value);
    }

    /** Appends four bytes. */
    public void putInt(int value) {
        room(4).putInt(value);
    }

    /** Overwrites four bytes. */
    public void putInt(int at, int value) {
        bytes.putInt(at, value);
    }

    /** Appends eight bytes. */
    public void putDouble(double value) {
        room(8).putDouble(value);
    }

    /** Appends an unsigned number in LEB128: a byte for each seven bits. */
    public void putVarint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    /** Appends a signed number so that small ones are short. */
    public void putZigzag(long value) {
        putVarint(value << 1 ^ value >> 63);
    }

    /** Appends bytes behind their count. */
    public void putBytes(byte[] value) {
        putVarint(value.length);
        room(value.length).put(value);
    }

    /** Appends all bytes of another run. */
    public void putRaw(ByteOutput other) {
        room(other.size()).put(other.content());
    }

    /** Appends a text in UTF-8 behind its count of bytes. */
    public void putText(String value) {
        putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private ByteBuffer room(int count) {
        if (bytes.remaining() < count) {
            int capacity = Math.max(bytes.capacity() * 2, bytes.position() + count);
            ByteBuffer larger = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), capacity));
            bytes = larger.order(ByteOrder.LITTLE_ENDIAN).position(bytes.position());
        }
        return bytes;
    }
}
