package org.headgate.rule.replay;

/** A replay cannot begin or go on. The message is one line for a person. */
public final class ReplayException extends Exception {
    private static final long serialVersionUID = 1;

    /** A complaint. */
    public ReplayException(String message) {
        super(message);
    }
}
