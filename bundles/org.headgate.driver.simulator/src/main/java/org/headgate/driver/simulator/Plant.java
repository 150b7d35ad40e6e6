package org.headgate.driver.simulator;

import java.io.IOException;
import java.util.List;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/**
 * What is behind a simulated device: what it shows is a function of its settings, of time and of what was written to it. Used by one
 * thread at a time; it outlives connections. Faults are the connection's business and no part of it.
 */
interface Plant {
    /** The channels it has by itself. */
    List<Channel> channels();

    /** Refuses a channel that it cannot show. */
    void check(Channel channel) throws InvalidSettingException;

    /**
     * A connection is being opened.
     *
     * @throws IOException when there is nothing to connect to any more
     */
    default void open() throws InvalidSettingException, IOException {}

    /** Lets time pass up to so many nanoseconds since the device was first opened. */
    void advance(long nanos) throws IOException;

    /** Hands over the value of a channel now. */
    void read(int index, Channel channel, Readings into);

    /** Writes a channel; a value that it cannot take is an {@link IOException}. */
    void write(Channel channel, Object value) throws IOException;

    /** No connection is open any more: whatever the system lent is given back. */
    default void release() {}
}
