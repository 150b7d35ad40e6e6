package org.headgate.console.api;

/** The words of a command make no sense: shown on one line together with the command's usage, exit status 2. */
public final class UsageException extends Exception {
    /** An explanation such as {@code --for: abc (expected: a duration such as 10s)}. */
    public UsageException(String message) {
        super(message);
    }
}
