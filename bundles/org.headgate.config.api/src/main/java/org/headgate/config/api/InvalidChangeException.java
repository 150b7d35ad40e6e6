package org.headgate.config.api;

import java.io.IOException;
import java.util.List;

/** A change that was refused because of what it would bring; nothing has changed. The message is the first problem. */
public final class InvalidChangeException extends IOException {
    private static final long serialVersionUID = 1;

    private final List<String> problems;

    /** At least one problem, one line each: {@code headgate.device-boiler.cfg: poll: 0s (expected: ...)}. */
    public InvalidChangeException(List<String> problems) {
        super(problems.get(0));
        this.problems = List.copyOf(problems);
    }

    /** All problems, each on one line with its file. */
    public List<String> problems() {
        return problems;
    }
}
