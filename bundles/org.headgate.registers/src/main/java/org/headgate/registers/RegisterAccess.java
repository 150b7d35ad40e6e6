package org.headgate.registers;

import java.io.IOException;

/** The way to a device's registers. Used by one thread at a time, but for {@link #close}. */
public interface RegisterAccess extends AutoCloseable {
    /**
     * Reads bytes in one transaction, from a register on.
     *
     * @param into takes them, from its beginning
     * @param count how many: all of them, or it is an error
     * @throws IOException when the device does not answer, or with fewer bytes
     */
    void read(Register from, byte[] into, int count) throws IOException;

    /**
     * Writes bytes in one transaction, from a register on.
     *
     * @throws IOException when the device does not take them
     */
    void write(Register to, byte[] bytes, int count) throws IOException;

    /** Ends it; a call that is inside fails soon. Once more does nothing. */
    @Override
    void close();
}
