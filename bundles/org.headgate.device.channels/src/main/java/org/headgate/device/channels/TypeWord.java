package org.headgate.device.channels;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.headgate.data.api.Type;

/** The words for a channel's type, and what each can hold. */
enum TypeWord {
    BOOL(Type.BOOLEAN, 1, false),
    INT8(Type.LONG, 8, true),
    INT16(Type.LONG, 16, true),
    INT24(Type.LONG, 24, true),
    INT32(Type.LONG, 32, true),
    INT64(Type.LONG, 64, true),
    UINT8(Type.LONG, 8, false),
    UINT16(Type.LONG, 16, false),
    UINT24(Type.LONG, 24, false),
    UINT32(Type.LONG, 32, false),
    UINT64(Type.LONG, 64, false),
    BCD16(Type.LONG, 16, 9_999),
    BCD32(Type.LONG, 32, 99_999_999),
    INT(Type.LONG, 64, true),
    LONG(Type.LONG, 64, true),
    FLOAT(Type.DOUBLE, 32, true),
    DOUBLE(Type.DOUBLE, 64, true),
    FLOAT32(Type.DOUBLE, 32, true),
    FLOAT64(Type.DOUBLE, 64, true),
    STRING(Type.STRING, 0, false),
    BYTES(Type.BYTES, 0, false);

    static final String EXPECTED =
            "bool, int8 to int64, uint8 to uint64, bcd16, bcd32, float, double, float32, float64, string or bytes";

    private final Type type;
    private final int bits;
    private final boolean signed;
    private final long most;

    TypeWord(Type type, int bits, boolean signed) {
        this.type = type;
        this.bits = bits;
        this.signed = signed;
        // What is more than a whole number of ours can hold is not written.
        this.most = signed || bits == 64 ? -1L >>> 65 - bits : -1L >>> 64 - bits;
    }

    /** A digit in each four bits. */
    TypeWord(Type type, int bits, long most) {
        this.type = type;
        this.bits = bits;
        this.signed = false;
        this.most = most;
    }

    static Optional<TypeWord> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Type type() {
        return type;
    }

    /** How many bits a raw number has. */
    int bits() {
        return bits;
    }

    /** The least whole number that fits. */
    long least() {
        return signed ? -1L << bits - 1 : 0;
    }

    /** The greatest whole number that fits. */
    long most() {
        return most;
    }

    /** A whole number with all bits above this word's cut off, then with the sign that its highest bit says. */
    long fold(long raw) {
        int above = 64 - bits;
        return signed ? raw << above >> above : raw << above >>> above;
    }
}
