package org.headgate.mqtt.client;

import java.io.IOException;

/** A failure whose message is one line for the user already. */
final class Told extends IOException {
    private static final long serialVersionUID = 1;

    Told(String line) {
        super(line);
    }

    Told(String line, Throwable cause) {
        super(line, cause);
    }
}
