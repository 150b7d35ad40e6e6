package org.headgate.chips;

import java.io.IOException;
import java.time.Duration;

/** The way to one chip. Used by one thread at a time; nobody else is on the bus meanwhile. */
public interface Wire {
    /** Sends bytes, in one transaction. */
    void write(byte... out) throws IOException;

    /**
     * Sends bytes, then takes some, in one transaction: on I2C with a repeated start, on SPI with the chip select kept.
     *
     * @param out what to send; empty to read alone
     * @return exactly as many bytes as asked for
     */
    byte[] writeRead(byte[] out, int count) throws IOException;

    /**
     * SPI only: sends bytes and takes as many at the same time.
     *
     * @throws UnsupportedOperationException on I2C
     */
    byte[] transfer(byte... out) throws IOException;

    /** Lets the chip finish a conversion. */
    void pause(Duration time) throws IOException;
}
