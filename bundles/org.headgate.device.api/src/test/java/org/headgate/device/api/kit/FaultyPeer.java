package org.headgate.device.api.kit;

import java.io.IOException;
import java.util.Set;
import org.headgate.device.api.DeviceSettings;

/**
 * What a driver talks to, and how to disturb it. For protocols over TCP see {@link ProxiedPeer}. Made anew for each case and closed
 * after it.
 */
public interface FaultyPeer extends AutoCloseable {
    /** Settings that reach the peer, through whatever disturbs it. */
    DeviceSettings settings();

    /** What this peer can do. */
    Set<Fault> faults();

    /** Begins to behave badly, towards open connections as well as new ones. */
    void provoke(Fault fault) throws IOException;

    /** Behaves well again, towards new connections; ones that were disturbed may be cut. */
    void heal() throws IOException;

    @Override
    void close() throws IOException;
}
