package org.headgate.rule.table;

/** A file that is no table: one line for a person, with the place. */
public final class TableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With one line for a person. */
    public TableException(String line) {
        super(line);
    }
}
