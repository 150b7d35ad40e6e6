package org.headgate.rule.language;

/** An operator with two operands. */
public enum Operator {
    /** Addition. */
    PLUS("+"),
    /** Subtraction. */
    MINUS("-"),
    /** Multiplication. */
    TIMES("*"),
    /** Division; of integers, rounded towards zero. */
    DIVIDE("/"),
    /** The remainder of a division, with the sign of the dividend. */
    REMAINDER("%"),
    /** The bits that both integers have. */
    BIT_AND("&"),
    /** The bits that at least one of two integers has. */
    BIT_OR("|"),
    /** The bits that one of two integers has. */
    BIT_XOR("^"),
    /** Equal. */
    EQUAL("="),
    /** Not equal. */
    UNEQUAL("!="),
    /** Less. */
    LESS("<"),
    /** Less or equal. */
    AT_MOST("<="),
    /** Greater. */
    GREATER(">"),
    /** Greater or equal. */
    AT_LEAST(">="),
    /** Both. */
    AND("AND"),
    /** At least one. */
    OR("OR");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    /** The operator as it is written. */
    public String symbol() {
        return symbol;
    }

    static Operator of(String written) {
        if (written.equals("<>")) {
            return UNEQUAL;
        }
        for (Operator operator : values()) {
            if (operator.symbol.equals(written)) {
                return operator;
            }
        }
        throw new IllegalArgumentException(written);
    }
}
