package org.headgate.linux;

import java.io.IOException;
import java.util.List;

/** The I2C buses of this machine. Used from any thread; may block. */
public interface I2cAdapters {
    /**
     * All buses, by their number.
     *
     * @throws IOException when there is none: one line, with what to do
     */
    List<I2cAdapter> all() throws IOException;

    /**
     * Asks every address from 0x08 to 0x77 to send one byte. Nothing is written; yet a chip that moves on with each byte read (a FIFO) will.
     *
     * @return who answered, in the order of the addresses
     * @throws IOException when the bus cannot be opened, or is stuck: one line, with what to do
     */
    List<I2cAnswer> scan(int number) throws IOException;
}
