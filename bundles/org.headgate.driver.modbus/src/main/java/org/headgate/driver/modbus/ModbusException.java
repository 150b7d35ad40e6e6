package org.headgate.driver.modbus;

/** A unit has refused a request: an exception response (MODBUS Application Protocol V1.1b3, section 7). */
final class ModbusException extends AnswerException {
    static final int ILLEGAL_FUNCTION = 1;
    static final int ILLEGAL_ADDRESS = 2;
    static final int ILLEGAL_VALUE = 3;
    static final int NO_PATH = 10;
    static final int NO_TARGET = 11;

    private static final long serialVersionUID = 1;

    private final int code;

    ModbusException(int code) {
        super("exception " + code + ": " + meaning(code));
        this.code = code;
    }

    /** The exception code: 1 to 255. */
    int code() {
        return code;
    }

    /** Whether asking the same again is of no use for a while. */
    boolean isLasting() {
        return code <= ILLEGAL_VALUE;
    }

    /** Whether it may be a register that is not there, or more than the unit gives at once. */
    boolean isOfSomeRegisters() {
        return code == ILLEGAL_ADDRESS || code == ILLEGAL_VALUE;
    }

    /** What a gateway says in the name of a unit that is not there is no answer of the unit. */
    void passIfAbsent() throws ModbusException {
        if (code == NO_PATH || code == NO_TARGET) {
            throw this;
        }
    }

    /** What a code means, in words that say what to look at. */
    private static String meaning(int code) {
        return switch (code) {
            case ILLEGAL_FUNCTION -> "the unit does not know this function";
            case ILLEGAL_ADDRESS -> "no such register";
            case ILLEGAL_VALUE -> "the unit does not take this value or so many registers";
            case 4 -> "the unit has failed at it";
            case 5 -> "the unit works on it, ask later";
            case 6 -> "the unit is busy";
            case 8 -> "the unit's memory has a parity error";
            case NO_PATH -> "the gateway has no way to the unit: is it configured there?";
            case NO_TARGET -> "the gateway got no answer from the unit: is it on, is the unit's number right?";
            default -> "the unit's manual may say what that is";
        };
    }
}
