package org.headgate.driver.modbus;

import java.io.IOException;
import org.headgate.system.api.Deadline;

/** What carries bytes to and fro. Used by one thread at a time, but for {@link #close}, which ends a call that is inside. */
interface Wire extends AutoCloseable {
    /**
     * Makes it ready for a request: what came unasked is thrown away, the pause before it is kept.
     *
     * @return how many bytes were thrown away
     * @throws IOException when it is of no use any more
     */
    int prepare(Deadline deadline) throws IOException;

    /**
     * Sends.
     *
     * @throws IOException when that does not go
     */
    void send(byte[] bytes, int count, Deadline deadline) throws IOException;

    /**
     * Takes what has arrived, or waits for it.
     *
     * @param into takes the bytes from a place on, as many as there is room for
     * @param nanos how long to wait at most
     * @return how many; 0 when none came in time
     * @throws IOException when it is of no use any more
     */
    int receive(byte[] into, int from, long nanos) throws IOException;

    @Override
    void close();
}
