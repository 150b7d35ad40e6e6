package org.headgate.sparkplug;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the wire format of Protocol Buffers (protobuf.dev, Encoding): varints, 64-bit and length-delimited fields. Grows as needed; nested
 * messages are written in place.
 */
final class ProtoWriter {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int FIXED32 = 5;

    private byte[] bytes = new byte[512];
    private int size;
    private final int[] starts = new int[8];
    private int depth;

    /** An integer; negative ones as 64 bits of two's complement, as the types int64 and uint64 have them. */
    ProtoWriter varint(int field, long value) {
        key(field, VARINT);
        raw(value);
        return this;
    }

    ProtoWriter bool(int field, boolean value) {
        return varint(field, value ? 1 : 0);
    }

    ProtoWriter fixed64(int field, double value) {
        key(field, FIXED64);
        room(Long.BYTES);
        long bits = Double.doubleToRawLongBits(value);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[size++] = (byte) (bits >>> 8 * i);
        }
        return this;
    }

    ProtoWriter fixed32(int field, float value) {
        key(field, FIXED32);
        room(Integer.BYTES);
        int bits = Float.floatToRawIntBits(value);
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[size++] = (byte) (bits >>> 8 * i);
        }
        return this;
    }

    ProtoWriter string(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtoWriter bytes(int field, byte[] value) {
        key(field, LENGTH);
        raw(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    /** Begins a nested message: what is written until {@link #end} belongs to it. */
    ProtoWriter begin(int field) {
        key(field, LENGTH);
        starts[depth++] = size;
        // Most nested messages are shorter than 128 bytes: one byte for the length, and longer ones are moved.
        room(1);
        size++;
        return this;
    }

    ProtoWriter end() {
        int start = starts[--depth];
        int length = size - start - 1;
        int more = width(length) - 1;
        if (more > 0) {
            room(more);
            System.arraycopy(bytes, start + 1, bytes, start + 1 + more, length);
        }
        size = start;
        raw(length);
        size += length;
        return this;
    }

    /** How many bytes were written so far. */
    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void key(int field, int wire) {
        raw((long) field << 3 | wire);
    }

    private void raw(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private static int width(int value) {
        int width = 1;
        for (int rest = value >>> 7; rest != 0; rest >>>= 7) {
            width++;
        }
        return width;
    }

    private void room(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
        }
    }
}
