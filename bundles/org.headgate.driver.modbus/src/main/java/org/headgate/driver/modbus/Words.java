package org.headgate.driver.modbus;

import java.util.List;

/** Two registers as 32 bits, in the four orders in which devices send their bytes: A is the most significant. */
enum Words {
    /** As the specification would have it. */
    ABCD,
    /** The low register first. */
    CDAB,
    /** The bytes of each register changed over. */
    BADC,
    /** From the last byte to the first. */
    DCBA;

    static final List<Words> ALL = List.of(values());

    /** What the registers mean, as a whole number. */
    int of(int first, int second) {
        return switch (this) {
            case ABCD -> first << 16 | second;
            case CDAB -> second << 16 | first;
            case BADC -> turned(first) << 16 | turned(second);
            case DCBA -> turned(second) << 16 | turned(first);
        };
    }

    private static int turned(int register) {
        return (register & 0xFF) << 8 | register >> 8;
    }
}
