package org.headgate.outbox.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of bytes to write into, used again for each commit: little-endian numbers, LEB128 varints, UTF-8 texts. */
final class Output {
    private ByteBuffer bytes;

    Output(int capacity) {
        bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** How many bytes there are. */
    int size() {
        return bytes.position();
    }

    /** Forgets what comes after a size. */
    void cut(int size) {
        bytes.position(size);
    }

    /** All bytes, ready to be written to a file; valid until the next change. */
    ByteBuffer content() {
        return bytes.duplicate().flip();
    }

    /** The array behind; valid until the next change. */
    byte[] array() {
        return bytes.array();
    }

    void putByte(int value) {
        room(1).put((byte) value);
    }

    void putInt(int value) {
        room(4).putInt(value);
    }

    void putInt(int at, int value) {
        bytes.putInt(at, value);
    }

    void putDouble(double value) {
        room(8).putDouble(value);
    }

    void putVarint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    void putZigzag(long value) {
        putVarint(value << 1 ^ value >> 63);
    }

    void putBytes(byte[] value) {
        putVarint(value.length);
        room(value.length).put(value);
    }

    void putRaw(Output other) {
        room(other.size()).put(other.content());
    }

    void putText(String value) {
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
