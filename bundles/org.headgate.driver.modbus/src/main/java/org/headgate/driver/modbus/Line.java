package org.headgate.driver.modbus;

import java.io.IOException;
import java.time.Duration;

/**
 * A way to the units behind one serial port, or behind one host and port. Requests of all its users go one at a time. Thread-safe; {@link #close} ends the
 * call of this user only.
 */
interface Line extends AutoCloseable {
    /**
     * Sends a request and waits for its answer.
     *
     * @param unit 0 to 255; on serial lines 0 is everybody, who do not answer: then the answer is empty
     * @param pdu the function code and what belongs to it
     * @param timeout how long the whole may take, with the wait for others who use the line
     * @return the function code and what belongs to it
     * @throws ModbusException when the unit refuses
     * @throws NoAnswerException when nothing came
     * @throws BadChecksumException when what came is no answer
     * @throws IOException when the line is of no use any more
     */
    byte[] exchange(int unit, byte[] pdu, Duration timeout) throws IOException;

    /** Whether others use the line, too, and wait while this user does. */
    boolean isShared();

    /** What has happened on the line since it was opened, for all its users. */
    LineCounts counts();

    @Override
    void close();
}
