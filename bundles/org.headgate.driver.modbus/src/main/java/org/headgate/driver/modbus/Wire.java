package org.headgate.driver.modbus;

import java.io.IOException;
import org.headgate.system.api.Deadline;

/** What carries bytes to and fro. Used by one thread at a time, but for {@link #close}, which ends a call that is inside. */
interface Wire extends AutoCloseable {
    /** That {@link #prepare} has connected anew: nothing of what was sent before will be answered. */
    int ANEW = -1;

    /**
     * Makes it ready for a request: what came unasked is thrown away where frames do not say their length, the pause before it is kept.
     *
     * @return how many bytes were thrown away, or {@link #ANEW}
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

    /** It is not trusted any more: where it can be connected anew, {@link #prepare} does so. */
    default void distrust() {}

    @Override
    void close();
}
