package org.headgate.chips;

/** Numbers in the bytes of registers. */
final class Bytes {
    private Bytes() {}

    static int uint8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    /** Most significant byte first. */
    static int uint16(byte[] bytes, int at) {
        return uint8(bytes, at) << 8 | uint8(bytes, at + 1);
    }

    /** Most significant byte first. */
    static int int16(byte[] bytes, int at) {
        return (short) uint16(bytes, at);
    }

    /** Least significant byte first. */
    static int uint16Little(byte[] bytes, int at) {
        return uint8(bytes, at) | uint8(bytes, at + 1) << 8;
    }

    /** Least significant byte first. */
    static int int16Little(byte[] bytes, int at) {
        return (short) uint16Little(bytes, at);
    }

    /** Twenty bits, the most significant first; the low half of the third byte is not theirs. */
    static int uint20(byte[] bytes, int at) {
        return uint16(bytes, at) << 4 | uint8(bytes, at + 2) >> 4;
    }

    /** Two decimal digits (BCD), or -1 where one is none. */
    static int decimal(int bcd) {
        int tens = bcd >> 4;
        int ones = bcd & 0xF;
        return tens > 9 || ones > 9 ? -1 : 10 * tens + ones;
    }

    /** Two decimal digits (BCD) of a number from 0 to 99. */
    static int bcd(int number) {
        return number / 10 << 4 | number % 10;
    }

    static String hex(int value) {
        return String.format(value > 0xFF ? "0x%04X" : "0x%02X", value);
    }
}
