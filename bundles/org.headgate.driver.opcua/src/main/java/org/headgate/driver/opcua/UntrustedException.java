package org.headgate.driver.opcua;

import org.headgate.device.api.ActionNeededException;

/** Nobody has decided to trust the server's certificate, or a person has trusted another one. */
final class UntrustedException extends ActionNeededException {
    private static final long serialVersionUID = 1;

    private final transient Fingerprint seen;

    UntrustedException(String what, String command, Fingerprint seen) {
        super(what, command);
        this.seen = seen;
    }

    /** The certificate that the server has shown. */
    Fingerprint seen() {
        return seen;
    }
}
