package org.headgate.driver.modbus;

/** Bytes came, and no answer is in them. */
final class BadChecksumException extends AnswerException {
    private static final long serialVersionUID = 1;

    BadChecksumException(String message) {
        super(message);
    }
}
