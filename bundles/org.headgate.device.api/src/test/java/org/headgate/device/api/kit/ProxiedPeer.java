package org.headgate.device.api.kit;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntFunction;
import org.headgate.device.api.DeviceSettings;

/** A real server behind a {@link FaultyProxy}. */
public final class ProxiedPeer implements FaultyPeer {
    private static final Duration PER_BYTE = Duration.ofMillis(1);

    private final Closeable server;
    private final FaultyProxy proxy;
    private final DeviceSettings settings;
    private int turn;

    /**
     * Puts a proxy before a server.
     *
     * @param server is closed with this peer
     * @param address where the server listens
     * @param settings what reaches a port on 127.0.0.1
     */
    public ProxiedPeer(Closeable server, InetSocketAddress address, IntFunction<DeviceSettings> settings)
            throws IOException {
        this.server = server;
        this.proxy = new FaultyProxy(address);
        this.settings = settings.apply(proxy.port());
    }

    @Override
    public DeviceSettings settings() {
        return settings;
    }

    @Override
    public Set<Fault> faults() {
        return EnumSet.allOf(Fault.class);
    }

    @Override
    public void provoke(Fault fault) throws IOException {
        switch (fault) {
            case REFUSE -> proxy.refuse();
            case HANG -> proxy.hang();
            case DISCONNECT -> proxy.cutAfter(turn++);
            case GARBAGE -> {
                // Noise that has nothing of an answer, and answers that are right but for one bit.
                if (turn++ % 2 == 0) {
                    proxy.garble(turn);
                } else {
                    proxy.flip(turn);
                }
            }
            case SLOW -> proxy.trickle(PER_BYTE);
        }
    }

    @Override
    public void heal() throws IOException {
        proxy.heal();
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.close();
    }
}
