package org.headgate.driver.http;

import java.io.IOException;

/** An answer whose body is longer than {@code message.max}: the server is there, but what it says is not taken. */
final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;

    TooLongException(int most) {
        super("the answer is longer than " + most + " bytes: raise message.max, or ask for less");
    }
}
