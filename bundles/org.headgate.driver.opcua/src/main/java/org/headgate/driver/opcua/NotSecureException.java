package org.headgate.driver.opcua;

import java.io.IOException;

/** We do not go on, since that would not be secure: one line for the user. Told apart from what networks say of themselves. */
final class NotSecureException extends IOException {
    private static final long serialVersionUID = 1;

    NotSecureException(String line) {
        super(line);
    }
}
