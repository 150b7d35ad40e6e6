package org.headgate.device.api;

import java.io.IOException;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes what a device reports by itself. May be called by any thread, from within {@link Connection#subscribe} on and until
 * {@link Connection#close}; never blocks. What comes faster than the gateway takes it is dropped and counted.
 */
@ProviderType
public interface Reports {
    /**
     * Hands over the values of one instant.
     *
     * @param values sets them, before this method returns; the index is the channel's place in the list that {@link
     *     Connection#subscribe} was given; set {@link Readings#time} where the source has a time of its own
     */
    void report(Consumer<Readings> values);

    /**
     * The device itself is not there, although the connection is: a broker or a bridge in between says so, or it was silent for too long.
     * All channels are BAD for this reason and the device is OFFLINE until its next report; the connection stays as it is. Whoever takes
     * reports and cannot keep the connection ends it.
     */
    default void offline(String why) {
        failed(new IOException(why));
    }

    /** The device will report nothing more: the connection is closed and opened again. */
    void failed(IOException why);
}
