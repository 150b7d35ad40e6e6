package org.headgate.chips.kit;

import java.io.IOException;

/** A chip made of software, as its bus sees it: what a master sends and takes, transaction by transaction. */
public interface SimulatedChip {
    /** I2C: the bytes of a write, whether a stop or a repeated start follows. */
    void write(byte[] bytes) throws IOException;

    /** I2C: the bytes of a read. */
    byte[] read(int count) throws IOException;

    /** SPI: bytes out, as many in, while the chip select is kept. */
    default byte[] transfer(byte[] out) throws IOException {
        throw new UnsupportedOperationException("not on SPI");
    }

    /** The supply fails for a moment: what is not in a memory that lasts is as after power-on. */
    void reset();
}
