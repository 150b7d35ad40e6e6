package org.headgate.linux;

import java.io.IOException;
import java.util.List;

/** The SPI buses of this machine. Used from any thread; may block. */
@FunctionalInterface
public interface SpiNodes {
    /**
     * All chip selects, by bus and number.
     *
     * @throws IOException when there is none: one line, with what to do
     */
    List<SpiNode> all() throws IOException;
}
