package org.headgate.driver.modbus;

import java.io.IOException;

/** An exchange has failed, and the next one may go well: the line itself is good. */
class AnswerException extends IOException {
    private static final long serialVersionUID = 1;

    AnswerException(String message) {
        super(message);
    }
}
