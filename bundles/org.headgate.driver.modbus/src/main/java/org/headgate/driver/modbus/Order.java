package org.headgate.driver.modbus;

/** In which order the bytes of a number are in its registers; A is the highest byte of one that has four. Longer and shorter ones by the same rule. */
enum Order {
    /** The highest first, as the protocol has it within a register. */
    ABCD,
    /** The lowest register first. */
    CDAB,
    /** The bytes of each register swapped. */
    BADC,
    /** The lowest first. */
    DCBA;

    /** What stands there for a byte, counted from the highest, of so many. */
    int place(int significance, int size) {
        return switch (this) {
            case ABCD -> significance;
            case CDAB -> size - 2 - (significance & ~1) + (significance & 1);
            case BADC -> significance ^ 1;
            case DCBA -> size - 1 - significance;
        };
    }
}
