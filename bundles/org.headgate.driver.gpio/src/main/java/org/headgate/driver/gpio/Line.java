package org.headgate.driver.gpio;

import java.io.IOException;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;

/** Something open that channels are read from or written to. Used by one thread at a time, except for {@link #close}. */
interface Line extends AutoCloseable {
    /** Reads a channel of this line. */
    void read(Channel channel, int index, Readings into) throws IOException;

    /** Writes a channel of this line: a truth value or a number. */
    void write(Channel channel, Object value) throws IOException;

    /** Ends what this line does, at once, and lets it go; once more does nothing. */
    @Override
    void close();

    /** A value as a level: what is not 0 is active. */
    static boolean isActive(Object value) {
        return value instanceof Boolean flag ? flag : value instanceof Number number && number.doubleValue() != 0;
    }
}
