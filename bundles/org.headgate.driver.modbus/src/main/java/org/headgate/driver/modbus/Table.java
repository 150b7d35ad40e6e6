package org.headgate.driver.modbus;

import java.util.Arrays;
import java.util.Optional;

/** The four tables of a unit (MODBUS Application Protocol V1.1b3, section 4.3). */
enum Table {
    /** Bits that can be read and written. */
    COIL("coil", 0, 1, true, true),
    /** Bits that can be read. */
    DISCRETE("discrete", 1, 2, true, false),
    /** Registers of 16 bits that can be read. */
    INPUT("input", 3, 4, false, false),
    /** Registers of 16 bits that can be read and written. */
    HOLDING("holding", 4, 3, false, true);

    private final String word;
    private final int digit;
    private final int readFunction;
    private final boolean bits;
    private final boolean writable;

    Table(String word, int digit, int readFunction, boolean bits, boolean writable) {
        this.word = word;
        this.digit = digit;
        this.readFunction = readFunction;
        this.bits = bits;
        this.writable = writable;
    }

    static Optional<Table> ofWord(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    static Optional<Table> ofDigit(int digit) {
        return Arrays.stream(values()).filter(one -> one.digit == digit).findFirst();
    }

    /** As sources name it. */
    String word() {
        return word;
    }

    /** The first digit of the numbers that data sheets use. */
    int digit() {
        return digit;
    }

    int readFunction() {
        return readFunction;
    }

    boolean hasBits() {
        return bits;
    }

    boolean isWritable() {
        return writable;
    }
}
