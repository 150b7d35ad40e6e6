package org.headgate.driver.modbus;

/** Not a byte came. */
final class NoAnswerException extends AnswerException {
    private static final long serialVersionUID = 1;

    NoAnswerException(String message) {
        super(message);
    }
}
