package org.headgate.device.api.kit;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;

/** A driver for the {@link LineProtocol} that passes the contract, but for one defect. */
final class LineDriver implements Driver, AutoCloseable {
    private static final List<Channel> CHANNELS = List.of(
            Channel.readable("temperature", "temperature", Type.DOUBLE, "Cel"),
            Channel.readable("label", "label", Type.STRING, ""),
            new Channel("pump", "pump", Type.BOOLEAN, "", Access.READ_WRITE, Map.of()));

    private final Defect defect;
    private final Queue<Socket> leaked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile LineConnection shared;
    private volatile boolean failed;

    LineDriver(Defect defect) {
        this.defect = defect;
    }

    @Override
    public String name() {
        return "line";
    }

    @Override
    public List<Channel> channels(DeviceSettings settings) {
        return defect == Defect.HAS_NO_LIST_OF_CHANNELS ? null : CHANNELS;
    }

    @Override
    public Optional<Discovery> discovery() {
        return Optional.of(new LineDiscovery(defect));
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        if (defect != Defect.SWALLOWS_TYPING_ERRORS && defect != Defect.JUDGES_STRICTER_THAN_IT_OPENS) {
            check(settings);
        }
        if (defect == Defect.NEVER_GETS_OVER_A_FAILURE && failed) {
            throw new IOException("failed before");
        }
        if (defect == Defect.SHARES_ONE_SOCKET && shared != null) {
            return shared;
        }
        LineConnection connection = new LineConnection(this, defect, settings);
        shared = connection;
        try {
            connection.connect();
            if (defect == Defect.LEAKS_A_THREAD) {
                ProxiedConnection.daemon("leaked", this::awaitEnd);
            }
            return connection;
        } catch (IOException refused) {
            failed = true;
            if (defect == Defect.OPENS_WHAT_REFUSES) {
                return connection;
            }
            if (defect != Defect.LEAKS_WHEN_OPENING_FAILS) {
                connection.close();
            }
            throw refused;
        }
    }

    /** The connection that was opened first and is not closed: what a driver with shared state would use. */
    LineConnection shared() {
        return shared;
    }

    void keep(Socket socket) {
        leaked.add(socket);
    }

    void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    boolean ended() {
        return end.getCount() == 0;
    }

    /** Takes away what the defects have left. */
    @Override
    public void close() throws IOException {
        end.countDown();
        for (Socket socket : new ArrayList<>(leaked)) {
            socket.close();
        }
    }

    @Override
    public void check(DeviceSettings settings) throws InvalidSettingException {
        if (defect == Defect.JUDGES_STRICTER_THAN_IT_OPENS) {
            throw new InvalidSettingException("address", settings.address(), "another one");
        }
        for (Channel channel : settings.channels()) {
            if (CHANNELS.stream().noneMatch(own -> own.source().equals(channel.source()))) {
                throw new InvalidSettingException("channel." + channel.name(), channel.source(), "temperature or pump");
            }
        }
        settings.requireKnown(List.of());
    }
}
