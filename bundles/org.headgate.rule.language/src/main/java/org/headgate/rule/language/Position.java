package org.headgate.rule.language;

/**
 * A place in a rule's text.
 *
 * @param line from 1
 * @param column from 1, in characters
 */
public record Position(int line, int column) {
    /** The beginning of the text. */
    public static final Position START = new Position(1, 1);

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
