package org.headgate.device.api;

import java.io.IOException;

/**
 * A device cannot be used before a person has decided something, for example whether to trust its certificate. The device becomes
 * ACTION_NEEDED and is tried again like one that does not answer, so it works soon after the decision.
 */
public class ActionNeededException extends IOException {
    private static final long serialVersionUID = 1;

    private final String command;

    /**
     * Somebody must decide.
     *
     * @param what what for, in one line, for example {@code server certificate 3F:A2...}
     * @param command what to type on the console, for example {@code opcua:trust press}
     */
    public ActionNeededException(String what, String command) {
        super(what);
        this.command = command;
    }

    /** What to type on the console. */
    public String command() {
        return command;
    }
}
