package org.headgate.rule.language;

/** A rule cannot be used as it is written. The message is for people: {@code line 1, column 8: expected ..., found ...}. */
public final class RuleException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Position position;

    /** A complaint about a place in the text. */
    public RuleException(Position position, String complaint) {
        super(position + ": " + complaint);
        this.position = position;
    }

    /** Where it is. */
    public Position position() {
        return position;
    }
}
