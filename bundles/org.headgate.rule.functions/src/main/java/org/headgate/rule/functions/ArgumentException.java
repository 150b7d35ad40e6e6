package org.headgate.rule.functions;

/** A function cannot take these arguments. The parser adds the position. */
public final class ArgumentException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int argument;

    /**
     * A complaint.
     *
     * @param argument the argument's index from 0, or -1 when their number is wrong
     * @param expected what should stand there
     */
    public ArgumentException(int argument, String expected) {
        super(expected, null, false, false);
        this.argument = argument;
    }

    /** The argument's index from 0, or -1 when the number of arguments is wrong. */
    public int argument() {
        return argument;
    }
}
