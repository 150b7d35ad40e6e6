package org.headgate.driver.uart;

import java.io.IOException;

/** Who wants to know what comes over a line. Called by the thread that reads it; must not block. */
interface FrameListener {
    /**
     * A frame came.
     *
     * @return whether it is for this listener
     */
    boolean frame(byte[] content, long epochNanos);

    /** The line is dead; told once. */
    void failed(IOException why);
}
