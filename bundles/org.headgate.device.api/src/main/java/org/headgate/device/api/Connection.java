package org.headgate.device.api;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An open connection to one device. Used by one thread at a time, except for {@link #close}; on a shared {@link Driver#bus bus}
 * no other device's connection is used at the same time either.
 */
@ConsumerType
public interface Connection extends AutoCloseable {
    /**
     * Reads channels at one instant.
     *
     * @param channels the channels that are due, in the order in which {@code into} numbers them
     * @param into takes the values; a channel that gets none is ABSENT
     * @throws IOException when the device as a whole does not answer: the connection is closed and opened again
     */
    void read(List<Channel> channels, Readings into) throws IOException;

    /**
     * Writes one channel.
     *
     * @param value a Boolean, Long, Double, String or byte[] of the channel's type, within its range
     * @throws IOException when the device does not take it
     */
    void write(Channel channel, Object value) throws IOException;

    /**
     * Asks the device to report channels by itself, for protocols that can: called once, after the connection was opened and before
     * the first read. What is taken here is polled no more; {@link #read} must still work on it.
     *
     * @param channels all readable channels, in the order in which the values of {@code into} number them
     * @param into where to hand the values, until {@link #close}
     * @return those of the channels that will be reported; none by default
     * @throws IOException when the device as a whole does not answer
     */
    default List<Channel> subscribe(List<Channel> channels, Reports into) throws IOException {
        return List.of();
    }

    /** Ends the connection; may be called while another thread is inside {@link #read}, which should then return. */
    @Override
    void close();
}
