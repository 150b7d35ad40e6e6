package org.headgate.tls;

import java.io.IOException;

/** TLS has failed. The message is one line for the user: why, and what to do. */
public final class TlsException extends IOException {
    private static final long serialVersionUID = 1;

    /** With a line for the user. */
    public TlsException(String line) {
        super(line);
    }

    /** With a line for the user and what it was made of. */
    public TlsException(String line, Throwable cause) {
        super(line, cause);
    }
}
