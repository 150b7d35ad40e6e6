package org.headgate.linux;

import java.io.IOException;

/** Takes the edges of one line, from one thread, which serves all lines: must return quickly and never block. */
public interface EdgeListener {
    /**
     * An edge, in the order in which they happened.
     *
     * @param rising whether the line became active (inverted where low is active)
     * @param nanos the kernel's time of the edge on the monotonic clock, the one of {@link System#nanoTime}
     * @param sequence the number of the edge on this line since it was opened, from 1; what is missing between two was lost in the kernel
     */
    void edge(boolean rising, long nanos, long sequence);

    /** No edge will come any more: the chip is gone, or the kernel refuses. Not called after a close. */
    void failed(IOException why);
}
