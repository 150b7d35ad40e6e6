package org.headgate.sparkplug;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the wire format of Protocol Buffers (protobuf.dev, Encoding), field by field: {@link #next}, then what the field holds, or {@link
 * #skip}. Whatever the bytes are, it ends and reads nothing beyond them. Groups, which nobody writes any more, are refused.
 */
final class ProtoReader {
    private final byte[] bytes;
    private final int limit;
    private int at;
    private int wire;

    ProtoReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ProtoReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        at = from;
        limit = to;
    }

    /** The number of the next field; 0 at the end. */
    int next() {
        if (at == limit) {
            return 0;
        }
        long key = raw();
        wire = (int) key & 7;
        long field = key >>> 3;
        if (field == 0 || field > 0x1FFF_FFFF) {
            throw new MalformedException("field " + field);
        }
        return (int) field;
    }

    /** The field's integer. */
    long varint() {
        expect(ProtoWriter.VARINT);
        return raw();
    }

    boolean bool() {
        return varint() != 0;
    }

    double fixed64() {
        expect(ProtoWriter.FIXED64);
        return Double.longBitsToDouble(little(Long.BYTES));
    }

    float fixed32() {
        expect(ProtoWriter.FIXED32);
        return Float.intBitsToFloat((int) little(Integer.BYTES));
    }

    /** The field's text; what is not UTF-8 becomes U+FFFD. */
    String string() {
        int length = length();
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        int length = length();
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** The field's own fields. */
    ProtoReader nested() {
        int length = length();
        return new ProtoReader(bytes, at - length, at);
    }

    /** Passes over the field. */
    void skip() {
        switch (wire) {
            case ProtoWriter.VARINT -> raw();
            case ProtoWriter.FIXED64 -> little(Long.BYTES);
            case ProtoWriter.LENGTH -> length();
            case ProtoWriter.FIXED32 -> little(Integer.BYTES);
            default -> throw new MalformedException("wire type " + wire);
        }
    }

    /** Steps over a length and as many bytes. */
    private int length() {
        expect(ProtoWriter.LENGTH);
        long length = raw();
        if (length < 0 || length > limit - at) {
            throw new MalformedException("a length beyond the end");
        }
        at += (int) length;
        return (int) length;
    }

    private long raw() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at == limit) {
                throw new MalformedException("the end inside of a number");
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedException("a number of more than 10 bytes");
    }

    private long little(int count) {
        if (limit - at < count) {
            throw new MalformedException("the end inside of a number");
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes[at++] & 0xFFL) << 8 * i;
        }
        return value;
    }

    private void expect(int type) {
        if (wire != type) {
            throw new MalformedException("wire type " + wire + " instead of " + type);
        }
    }
}
