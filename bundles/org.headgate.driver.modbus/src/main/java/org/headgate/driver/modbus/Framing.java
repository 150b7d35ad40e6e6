package org.headgate.driver.modbus;

import java.io.IOException;
import org.headgate.system.api.Deadline;

/** How requests and answers are put on a wire. Used by one thread at a time. */
interface Framing {
    /**
     * Sends a request and waits for its answer; see {@link Line#exchange}.
     *
     * @param user whose request it is
     */
    byte[] exchange(int unit, byte[] pdu, Deadline deadline, User user) throws IOException;

    /** Who waits for an answer, and may stop waiting. */
    interface User {
        /**
         * Whether somebody still waits.
         *
         * @throws AnswerException when nobody does
         */
        void check() throws AnswerException;
    }
}
